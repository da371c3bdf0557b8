/** Headers in the order in which they are sent; names may repeat. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** The value of a header, by its name in lower case; several are joined as HTTP does. Null when there is none. */
export function headerOf(headers: HeaderLines, name: string): string | null {
  let found: string | null = null;
  for (const [one, value] of headers) {
    if (one.length === name.length && one.toLowerCase() === name) {
      found = found === null ? value : `${found}, ${value}`;
    }
  }
  return found;
}
