/** `tocsin case list`: cases by what they show now, the most urgent first. */
import { Option, type Command } from 'commander';
import { ATTENTION, LEVELS, SEVERITIES, STATUSES } from '../../workflows/core/language/vocabulary';
import { MOST_LISTED, type CaseList } from '../../client/case-list';
import type { CaseFilter } from '../../client/listing';
import { casesOf } from '../../client/mine';
import type { TocsinClient } from '../../client/tocsin-client';
import { ORDERS, type Order } from '../../client/urgency';
import { connected, show, type Context } from '../context';
import { BadInput } from '../exit';
import { byOption, count } from '../options';
import { renderList } from '../render/list';

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
      const { cases, more } = await connected(command, (client) => wanted(client, flags));
      show(context, command, { cases, more }, () => renderList(cases, context.terminal.screen(), more));
    });
}

/** What the lists of the server cannot leave out is left out here, of all cases: only then is it known which are the first. */
async function wanted(client: TocsinClient, flags: ListFlags): Promise<CaseList> {
  const { sort: order, limit, mine, by } = flags;
  const isWhole = (flags.all ?? false) || flags.status !== undefined;
  if (isWhole && !mine) return await client.listing(filterOf(flags), { order, limit: Math.min(limit, MOST_LISTED) });
  if (mine && by === undefined) throw new BadInput('--mine needs to know who you are: --by, or TOCSIN_BY.');
  const { cases } = await client.listing(filterOf(flags), { order, limit: MOST_LISTED });
  const theirs = mine && new Set((await casesOf(client, by ?? '')).map(({ row }) => row.caseNumber));
  const seen = cases.filter(
    ({ caseNumber, status, attention }) =>
      (isWhole || status !== 'CLOSED' || attention.length > 0) && (!theirs || theirs.has(caseNumber)),
  );
  return { cases: seen.slice(0, limit), more: Math.max(0, seen.length - limit) };
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
