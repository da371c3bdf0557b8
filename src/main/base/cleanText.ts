// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes are exactly what is taken out
const terminalEscapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const lineBreaks = /[\t\n\r\u0085\u2028\u2029]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is taken out
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A foreign text as it may be shown on one line: terminal escapes, control characters and direction marks are gone,
 * half characters replaced, and what is longer than `maxLength` characters is cut with an ellipsis.
 */
export function cleanText(text: string, maxLength: number): string {
  const clean = wellFormed(text.slice(0, maxLength * 4))
    .replace(terminalEscapes, '')
    .replace(lineBreaks, ' ')
    .replace(controlCharacters, '')
    .replace(directionMarks, '')
    .trim();
  return clean.length <= maxLength ? clean : `${wellFormed(clean.slice(0, maxLength - 1))}…`;
}

/** Half characters become the replacement character. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
