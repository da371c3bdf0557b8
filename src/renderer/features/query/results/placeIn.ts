/** A place in a text as people count it, from 1. */
export function placeIn(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: position - lastBreak };
}
