/** The parts of an outline as one line in capitals, without what stands before the first statement. */
export const outlineText = (parts: readonly string[]): string =>
  parts
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/^[; ]+/, '')
    .trim()
    .toUpperCase();
