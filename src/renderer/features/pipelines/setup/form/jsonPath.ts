/**
 * A path in JSON as it is typed: keys between points, positions in brackets or as numbers, keys with points in quotes:
 * `items[0].name`, `"a.b".c`. Null where it cannot be read.
 */
export function readJsonPath(text: string): string[] | null {
  const parts: string[] = [];
  const part = /\s*(?:\[(\d+)\]|"((?:[^"\\]|\\.)*)"|([^.[\]"\s][^.[\]"]*))\s*/y;
  let at = 0;
  while (at < text.length) {
    part.lastIndex = at;
    const found = part.exec(text);
    if (found === null) return null;
    const [whole, position, quoted, plain] = found;
    parts.push(position ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? plain?.trim() ?? '');
    at += whole.length;
    if (text[at] === '.') at += 1;
    else if (at < text.length && text[at] !== '[') return null;
    else continue;
    if (at === text.length) return null;
  }
  return parts.length === 0 || parts.length > 16 ? null : parts;
}

/** A path as a person would type it. */
export function jsonPathText(path: readonly string[]): string {
  const parts = path.map((key, index) => {
    if (/^\d+$/.test(key)) return `[${key}]`;
    const isPlain = /^[^.[\]"\s][^.[\]"]*$/.test(key) && key === key.trim();
    const written = isPlain ? key : `"${key.replaceAll(/["\\]/g, '\\$&')}"`;
    return index === 0 ? written : `.${written}`;
  });
  return parts.join('');
}
