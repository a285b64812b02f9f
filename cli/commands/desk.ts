/** `tocsin desk`: the views of a support desk in the Temporal Web UI, as links. */
import { Argument, type Command } from 'commander';
import {
  columnsBookmark,
  DESK_COLUMNS,
  DESK_VIEWS,
  eDownsOf,
  endedView,
  linkTo,
  savingLinkTo,
  viewOf,
} from '../../workflows/desk';
import { globalFlags, show, type Context } from '../context';
import { BadInput } from '../exit';
import { byOption } from '../options';
import { renderDesk } from '../render/desk';
import type * as TheWebUi from '../web-ui';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when it is wanted, as in service.ts: it brings the client
const theWebUi = (): typeof TheWebUi => require('../web-ui') as typeof TheWebUi;

interface Flags {
  readonly by?: string;
  readonly customer?: string;
  readonly open?: boolean;
}

const NAMES = [...DESK_VIEWS.map(({ name }) => name), 'ended', 'mine', 'uses'];
/** What a view of its own is about, and how that is said. */
const WANTED: Readonly<Record<string, string>> = { mine: '--by, or TOCSIN_BY', uses: '--customer' };

export function addDesk(program: Command, context: Context): void {
  program
    .command('desk')
    .description('the views of a desk in the Temporal Web UI, as links: look now, E-Down, mine and others')
    .addArgument(new Argument('[view]', 'this one only').choices(NAMES))
    .addOption(byOption('adds the view of your cases'))
    .option('--customer <number>', 'adds the view of every E-Down of this customer')
    .option('--open', 'open it in the browser; look now, when no view is named')
    .action(async (wanted: string | undefined, { by, customer, open }: Flags, command: Command) => {
      const ui = theWebUi().webUi(globalFlags(command));
      const all = [
        ...DESK_VIEWS,
        endedView(Date.now()),
        ...(by === undefined ? [] : [viewOf(by)]),
        ...(customer === undefined ? [] : [eDownsOf(customer)]),
      ];
      const views = all
        .filter(({ name }) => wanted === undefined || name === wanted)
        .map((view) => ({ ...view, url: savingLinkTo(ui, view), plainUrl: linkTo(ui, view) }));
      const [first] = views;
      if (!first) throw new BadInput(`The view ${wanted} needs ${WANTED[wanted ?? ''] ?? 'more'}.`);
      const desk = { ...ui, views, columns: DESK_COLUMNS, columnsBookmark: columnsBookmark(ui) };
      show(context, command, desk, () => renderDesk(desk, context.terminal.screen()));
      if (open) await theWebUi().openInBrowser(first.plainUrl);
    });
}
