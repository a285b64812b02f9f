/** `tocsin case list`: cases by what they show now, the most urgent first. */
import { Option, type Command } from 'commander';
import { ATTENTION, LEVELS, SEVERITIES, STATUSES } from '../../workflows/core/language/vocabulary';
import type { CaseFilter, CaseRow } from '../../client/listing';
import { casesOf } from '../../client/mine';
import type { TocsinClient } from '../../client/tocsin-client';
import { ORDERS, type Order } from '../../client/urgency';
import { connected, show, type Context } from '../context';
import { BadInput } from '../exit';
import { byOption, count } from '../options';
import { firstOf, renderList } from '../render/list';

interface ListFlags extends Pick<CaseFilter, 'customer' | 'manager' | 'engineer'> {
  readonly severity?: string;
  readonly level?: (typeof LEVELS)[number];
  readonly attention?: (typeof ATTENTION)[number];
  readonly status?: (typeof STATUSES)[number];
  readonly emergency?: boolean;
  readonly mine?: boolean;
  readonly by?: string;
  readonly all?: boolean;
  readonly sort: Order;
  readonly limit: number;
}

/** All that there are: the server knows nothing of urgency, so what is cut before it is sorted may be the worst of all. */
const ALL_CASES = 10_000;

export function addList(parent: Command, context: Context): void {
  parent
    .command('list')
    .description('cases by what they show now, the most urgent first; closed ones where something is still due')
    .addOption(new Option('--severity <n>').choices(SEVERITIES.map(String)))
    .addOption(new Option('--level <level>').choices(LEVELS))
    .addOption(new Option('--attention <flag>').choices(ATTENTION))
    .addOption(new Option('--status <status>').choices(STATUSES))
    .option('--emergency', 'in a 24x7 emergency')
    .option('--customer <number>')
    .option('--manager <person>', 'whoever manages the case now')
    .option('--engineer <person>')
    .option('--mine', 'yours, or where you are asked: --by or TOCSIN_BY says who you are')
    .addOption(byOption('whose, with --mine'))
    .option('--all', 'closed ones too')
    .addOption(new Option('--sort <by>').choices(ORDERS).default('urgency'))
    .option('--limit <n>', 'at most so many', count, 100)
    .action(async (flags: ListFlags, command: Command) => {
      const { sort: order, limit } = flags;
      const rows = await connected(command, (client) => wanted(client, flags));
      const { now } = context.terminal.screen();
      const { cases, more } = firstOf(rows, { order, limit, now });
      show(context, command, { cases, more }, () => renderList(cases, context.terminal.screen(), more));
    });
}

async function wanted(client: TocsinClient, flags: ListFlags): Promise<CaseRow[]> {
  const rows = await client.list(filterOf(flags), { limit: ALL_CASES });
  const seen =
    flags.all || flags.status !== undefined
      ? rows
      : rows.filter(({ status, attention }) => status !== 'CLOSED' || attention.length > 0);
  if (!flags.mine) return seen;
  if (flags.by === undefined) throw new BadInput('--mine needs to know who you are: --by, or TOCSIN_BY.');
  const theirs = new Set((await casesOf(client, flags.by)).map(({ row }) => row.caseNumber));
  return seen.filter(({ caseNumber }) => theirs.has(caseNumber));
}

function filterOf({
  severity,
  level,
  attention,
  status,
  emergency,
  customer,
  manager,
  engineer,
}: ListFlags): CaseFilter {
  return {
    ...(severity !== undefined && { severity: Number(severity) as (typeof SEVERITIES)[number] }),
    ...(level && { level }),
    ...(attention && { attention }),
    ...(status && { status }),
    ...(emergency && { emergency: 'ACTIVE' as const }),
    ...(customer !== undefined && { customer }),
    ...(manager !== undefined && { manager }),
    ...(engineer !== undefined && { engineer }),
  };
}
