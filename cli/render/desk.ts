/** The views of a desk: what each is for, and its link in one piece, so that it can be clicked or copied. */
import type { DeskView } from '../../workflows/desk';
import type { Screen } from './case';
import { cells, hanging, padded } from './text';

interface Desk {
  readonly views: readonly (DeskView & { readonly url: string })[];
  readonly columns: readonly string[];
  readonly columnsBookmark: string;
}

export function renderDesk({ views, columns, columnsBookmark }: Desk, { width, paint }: Screen): string {
  const longest = Math.max(...views.map(({ title }) => cells(title)));
  return [
    ...views.flatMap(({ title, says, url }) => {
      const label = `${padded(title, longest)}  `;
      return [hanging(label, says, width).replace(title, paint('bold', title)), `  ${url}`, ''];
    }),
    hanging(
      '',
      `Each link saves itself as a view on the left of the list. Columns (${columns.join(', ')}): make a bookmark of this address, and click it once on that page:`,
      width,
    ),
    `  ${columnsBookmark}`,
  ].join('\n');
}
