/** The views of a desk: what each is for, and its link in one piece, so that it can be clicked or copied. */
import type { DeskView } from '../../workflows/desk';
import type { Screen } from './case';
import { cells, hanging, padded } from './text';

interface Desk {
  readonly views: readonly (DeskView & { readonly url: string })[];
  readonly columnsBookmark: string;
}

export function renderDesk({ views, columnsBookmark }: Desk, { width, paint }: Screen): string {
  const longest = Math.max(...views.map(({ title }) => cells(title)));
  return [
    ...views.flatMap(({ title, says, url }) => {
      const label = `${padded(title, longest)}  `;
      return [hanging(label, says, width).replace(title, paint('bold', title)), `  ${url}`, ''];
    }),
    hanging(
      '',
      'Opened once, each stays as a saved view at the top of the list. Columns: make a bookmark of the line below, and ' +
        'click it once while the list is open.',
      width,
    ),
    `  ${columnsBookmark}`,
  ].join('\n');
}
