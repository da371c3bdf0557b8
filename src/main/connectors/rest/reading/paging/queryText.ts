import { encoded } from '../requestUrl.ts';

/** The decoded name of `name=value` in a query; what is no valid encoding is taken as it is. */
function nameOf(pair: string): string {
  const name = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

const pairsOf = (query: string): string[] => query.split('&').filter((pair) => pair !== '');

/** The query, or the form, with one parameter of this name; the others stay as they are encoded. */
export function withParameter(query: string, name: string, value: string): string {
  const pairs = pairsOf(query);
  const pair = `${encoded(name)}=${encoded(value)}`;
  const first = pairs.findIndex((each) => nameOf(each) === name);
  if (first < 0) return [...pairs, pair].join('&');
  const kept = pairs.filter((each, index) => index <= first || nameOf(each) !== name);
  return kept.with(first, pair).join('&');
}

export function withQuery(url: URL, name: string, value: string): URL {
  // Parsed once: what is behind the path has not changed its meaning.
  const [bare = ''] = url.href.split(/[?#]/, 1);
  return new URL(`${bare}?${withParameter(url.search.slice(1), name, value)}`);
}
