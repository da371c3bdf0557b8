import type { RestConfig } from '../../../../../shared/engines/rest/config.ts';
import { AppError } from '../../../../base/AppError.ts';
import { cleanText } from '../../../../base/cleanText.ts';

const causes = [
  'The pagination of the resource does not fit the API.',
  'The API has an error in its pagination.',
];
const fixes = [
  'The rows before are complete. Check the pagination in the settings of the resource with its preview.',
];

/** @param what such as `the cursor “A”` */
export const repeatedNext = (what: string, pageNumber: number): AppError =>
  new AppError('QUERY_FAILED', {
    title: `Reading stopped: page ${pageNumber} leads back to a page that was read`,
    detail: `It gives ${what} again.`,
    causes,
    fixes,
  });

export const repeatedPage = (pageNumber: number, earlier: number): AppError =>
  new AppError('QUERY_FAILED', {
    title: `Reading stopped: page ${pageNumber} is the same as page ${earlier}`,
    detail: 'Its records are equal, byte by byte.',
    causes: ['The API ignores the parameter of the page.', ...causes],
    fixes,
  });

export const noAddress = (text: string): AppError =>
  new AppError('QUERY_FAILED', {
    title: 'The address of the next page cannot be used',
    detail: `“${cleanText(text, 200)}” is no http or https address.`,
    causes,
  });

/** An address for people: without a key that is part of the query. */
export function shownUrl({ auth }: Pick<RestConfig, 'auth'>, url: URL): string {
  const shown = new URL(url);
  if (auth.type === 'api-key' && auth.place === 'query') shown.searchParams.delete(auth.name);
  shown.username = '';
  shown.password = '';
  return cleanText(shown.href, 300);
}
