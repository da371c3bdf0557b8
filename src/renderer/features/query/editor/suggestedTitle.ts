/** Most letters of a title that is taken from a text. */
const maxLength = 40;

const name = '(?:"[^"]+"|`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_$]*)';
const relation = new RegExp(
  String.raw`\b(?:from|into|update|join|table|view|truncate)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+|table\s+)?(?:${name}\.)*(${name})(?![\p{L}\p{N}_$]|\s*[(.])`,
  'iu',
);
const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const quotes = /^["`]|["`]$/g;

/** A name for a tab: the first relation that its text speaks of; null when there is none. */
export function suggestedTitle(text: string): string | null {
  const found = relation.exec(text.replace(comments, ' '))?.[1]?.replace(quotes, '');
  return found === undefined ? null : found.slice(0, maxLength);
}
