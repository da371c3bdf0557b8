/** The beginning of a statement on one line, as far as there is room for it. */
export const oneLine = (text: string, maxLength: number): string =>
  text.slice(0, maxLength).replace(/\s+/g, ' ');
