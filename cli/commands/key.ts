/** `tocsin key add | list | revoke`: who may call the gateway, and as whom. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { BadKey, newKey, stateOf, type KeyRecord } from '../../gateway/auth/api-key';
import { BadKeysFile, changeKeys, keysFileOf, readKeys } from '../../gateway/auth/keys-file';
import { CHANNELS, ROLES, type Channel, type Role } from '../../workflows/core/language/vocabulary';
import { clean } from '../../client/untrusted';
import { show, type Context } from '../context';
import { BadInput } from '../exit';
import { table } from '../render/tables';

const DAY_MS = 24 * 3_600_000;

const YES_NO = ['yes', 'no'] as const;
type YesNo = (typeof YES_NO)[number];

interface AddFlags {
  readonly role: Role;
  readonly customer?: string;
  readonly activeSupport?: YesNo;
  readonly enterprise?: YesNo;
  readonly person?: string;
  readonly onBehalf?: boolean;
  readonly channel?: Channel;
  readonly expires?: number;
}

function days(words: string): number {
  const [, count] = /^(\d{1,4})d$/.exec(words) ?? [];
  if (count === undefined || Number(count) === 0) throw new InvalidArgumentError('It is written like 90d.');
  return Number(count) * DAY_MS;
}

/** What the file or the wish has wrong is the caller's to mend. */
function within<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadKey || error instanceof BadKeysFile) throw new BadInput(error.message);
    throw error;
  }
}

const file = (): string => keysFileOf(process.env);

export function addKey(program: Command, context: Context): void {
  const key = program.command('key').description('API keys of the gateway: add, list, revoke');
  key
    .command('add')
    .description('make a key and print it, once; it is kept as a hash only')
    .argument('<name>', 'who uses it')
    .addOption(new Option('--role <role>', 'as what').choices(ROLES).makeOptionMandatory())
    .option('--customer <number>', "for roles CUSTOMER and CONTACT: sees this customer's cases only")
    .addOption(new Option('--active-support <word>', 'what that customer has; unknown without it').choices(YES_NO))
    .addOption(new Option('--enterprise <word>', 'the same').choices(YES_NO))
    .option('--person <id>', 'id in the directory; who acts is the name otherwise')
    .option('--on-behalf', 'role SERVICE: may say for whom it acts, and as what')
    .addOption(new Option('--channel <channel>', 'through which channel').choices(CHANNELS))
    .addOption(new Option('--expires <days>', 'such as 90d').argParser(days))
    .action((name: string, { expires, activeSupport, enterprise, ...wanted }: AddFlags, command: Command) => {
      const now = Date.now();
      const { text, record } = within(() => {
        const made = newKey(
          {
            name,
            ...wanted,
            ...(activeSupport !== undefined && { activeSupport: activeSupport === 'yes' }),
            ...(enterprise !== undefined && { enterprise: enterprise === 'yes' }),
            ...(expires !== undefined && { expiresAt: new Date(now + expires).toISOString() }),
          },
          now,
        );
        changeKeys(file(), (keys) => [...keys, made.record]);
        return made;
      });
      show(
        context,
        command,
        { ...publicOf(record, now), key: text },
        () => `${text}\nIt is shown once. Kept in ${file()} as a hash.`,
      );
    });
  key
    .command('list')
    .description('the keys that there are, without their secrets')
    .action((_flags: object, command: Command) => {
      const now = Date.now();
      const keys = within(() => readKeys(file())).map((record) => publicOf(record, now));
      show(context, command, { keys }, () => listed(keys, context));
    });
  key
    .command('revoke')
    .description('no request with this key is answered from now on')
    .argument('<id>', 'as `key list` shows it')
    .action((id: string, _flags: object, command: Command) => {
      const now = Date.now();
      const [revoked] = within(() => {
        const revokedAt = new Date(now).toISOString();
        const isIt = (record: KeyRecord): boolean => record.id === id;
        const keys = changeKeys(file(), (before) => {
          if (before.some(isIt)) return before.map((record) => (isIt(record) ? { revokedAt, ...record } : record));
          throw new BadInput(`There is no key ${id}. See tocsin key list.`);
        });
        return keys.filter(isIt);
      });
      if (revoked) show(context, command, publicOf(revoked, now), () => `${revoked.name} (${id}) is revoked.`);
    });
}

/** Never the hash: what is shown is copied into tickets. */
function listed(keys: readonly PublicKey[], { terminal }: Context): string {
  if (keys.length === 0) return 'No keys. Make one: tocsin key add me --role SERVICE --on-behalf';
  const rows = keys.map(({ id, name, role, customer, person, onBehalf, state, createdAt, expiresAt }) => [
    id,
    name,
    role,
    [customer && `customer ${customer}`, person, onBehalf && 'on behalf'].filter(Boolean).join(', '),
    state,
    createdAt.slice(0, 10),
    expiresAt?.slice(0, 10) ?? 'never',
  ]);
  const head = ['id', 'name', 'role', 'whose', 'state', 'made', 'expires'];
  return table(
    head,
    rows.map((row) => row.map(clean)),
    terminal.screen(),
  );
}

type PublicKey = Omit<KeyRecord, 'hash'> & { readonly state: string };

function publicOf(record: KeyRecord, now: number): PublicKey {
  const { hash: _, ...shown } = record;
  return { ...shown, state: stateOf(record, now) };
}
