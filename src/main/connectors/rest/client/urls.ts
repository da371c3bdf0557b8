import type { Pair } from '../../../../shared/model/resources.ts';

/** Where a URL leads, for people: without its query, which may hold what is nobody's business. */
export const placeText = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** With these parameters behind those that it has, which stay as they are written. */
export function withParameters(url: URL, parameters: readonly Pair[]): URL {
  if (parameters.length === 0) return url;
  const added = parameters.map(
    ({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const search = [url.search.slice(1), ...added].filter((part) => part !== '').join('&');
  return new URL(`${url.origin}${url.pathname}?${search}`);
}

/** Without a parameter; the others stay as they are written. */
export function withoutParameter(url: URL, name: string): URL {
  if (!url.searchParams.has(name)) return url;
  const parts = url.search.slice(1).split('&');
  const others = parts.filter((part) => !new URLSearchParams(part).has(name));
  const search = others.join('&');
  return new URL(`${url.origin}${url.pathname}${search === '' ? '' : `?${search}`}`);
}
