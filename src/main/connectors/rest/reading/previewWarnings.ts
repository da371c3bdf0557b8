import type { Resource, ResourceColumn } from '../../../../shared/model/resources.ts';
import type { Pace } from '../../../base/async/Pace.ts';
import { nextLink } from './paging/linkHeader.ts';
import type { PageEnd } from './paging/Pagination.ts';
import { selectText } from './selecting/selectValue.ts';

/** Where answers say that there is more, the usual ones. */
const usualNext = [
  'next',
  'next_cursor',
  'nextCursor',
  'next_page',
  'nextPage',
  'next_page_token',
  'nextPageToken',
  'next_url',
  'links.next',
  'meta.next',
  'meta.next_cursor',
  'paging.next',
  'pagination.next',
  'response_metadata.next_cursor',
  '"@odata.nextLink"',
];

const maxNames = 8;

const listed = (columns: readonly ResourceColumn[]): string => {
  const names = columns.slice(0, maxNames).map(({ name }) => `“${name.slice(0, 60)}”`);
  return `${names.join(', ')}${columns.length > maxNames ? ' and others' : ''}`;
};

/** What columns that were set miss in a sample, and what it has none of. */
export function columnWarnings(
  columns: readonly ResourceColumn[],
  inferred: readonly ResourceColumn[],
): string[] {
  const isWithin = (outer: readonly string[], inner: readonly string[]) =>
    outer.length <= inner.length && outer.every((name, index) => inner[index] === name);
  const touches = (left: ResourceColumn, right: ResourceColumn) =>
    isWithin(left.path, right.path) || isWithin(right.path, left.path);
  const missing = columns.filter(
    (column) => column.path.length > 0 && !inferred.some((each) => touches(column, each)),
  );
  const extra = inferred.filter(
    (column) => column.path.length > 0 && !columns.some((each) => touches(column, each)),
  );
  return [
    ...(missing.length > 0 && inferred.length > 0 ? [`No record on this page has: ${listed(missing)}.`] : []),
    ...(extra.length > 0 ? [`Fields without a column, which are left out: ${listed(extra)}.`] : []),
  ];
}

/** Whether the API seems to have more pages than the pagination finds. */
export async function missedPages(
  { pagination, stop }: Resource,
  page: PageEnd,
  pace: Pace,
): Promise<string[]> {
  if (stop.maxPages === 1 || page.recordCount === 0) return [];
  if (pagination.type !== 'link' && nextLink(page.answer.headers) !== null) {
    return ['The answer has a Link header with a next page, which is not used.'];
  }
  const { document } = page;
  if (pagination.type !== 'none' || document === null) return [];
  for (const selector of usualNext) {
    const text = await selectText(document.tape, document.root, selector, pace);
    if (text !== null && text !== '' && text !== 'false') {
      return [
        `The answer seems to name a next page in “${selector.replaceAll('"', '')}”, which is not used.`,
      ];
    }
  }
  return [];
}
