/** Values as they come out of a document: hostile until they are looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member by its own key: never one of a prototype. */
export const memberOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const objectIn = (value: unknown, key: string): JsonObject | null => {
  const member = memberOf(value, key);
  return isObject(member) ? member : null;
};

export const listIn = (value: unknown, key: string): readonly unknown[] => {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member : [];
};

/** What cannot be seen, or would end a line, as one blank. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A text of the document on one line, cut to a length; empty when it is none. */
export const textIn = (value: unknown, key: string, length: number): string => {
  const member = memberOf(value, key);
  return typeof member === 'string' ? clipped(member.replace(unseen, ' ').trim(), length) : '';
};

/** Cut to a length, never within a character. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A value as people write it into a field: texts as they are, all else as JSON; empty when there is none. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
