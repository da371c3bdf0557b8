/** The words somebody typed to find a node, in lower case. Empty means no filter. */
export type FilterWords = readonly string[];

export function parseFilter(text: string): FilterWords {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether a node has every word in its name; a word with a dot is looked for in `schema.name`. */
export function matchesNode(words: FilterWords, schema: string, name: string): boolean {
  const lowerName = name.toLowerCase();
  const qualifiedName = `${schema.toLowerCase()}.${lowerName}`;
  return words.every((word) => (word.includes('.') ? qualifiedName : lowerName).includes(word));
}

/** Whether the schema itself is what was looked for. */
export function matchesSchema(words: FilterWords, schema: string): boolean {
  const lowerSchema = schema.toLowerCase();
  return words.every((word) => lowerSchema.includes(word));
}

interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Cuts a name into what matches a word and what does not, for highlighting. */
export function matchParts(words: FilterWords, name: string): readonly TextPart[] {
  const lowerName = name.toLowerCase();
  // Lower case of a few letters is longer (İ): positions would not fit, and no highlight is better than a wrong one.
  if (words.length === 0 || lowerName.length !== name.length) return [{ text: name, isMatch: false }];
  const marks = new Array<boolean>(name.length).fill(false);
  for (const word of words.map((typed) => typed.slice(typed.lastIndexOf('.') + 1))) {
    const start = word === '' ? -1 : lowerName.indexOf(word);
    if (start >= 0) marks.fill(true, start, start + word.length);
  }
  return partsByMark(name, marks);
}

function partsByMark(name: string, marks: readonly boolean[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let start = 0;
  for (let end = 1; end <= name.length; end += 1) {
    if (end < name.length && marks[end] === marks[start]) continue;
    parts.push({ text: name.slice(start, end), isMatch: marks[start] ?? false });
    start = end;
  }
  return parts;
}
