/** Lines of a table that a person fills in: one more than there are, so that the next one has a place. */
export const linesWithNew = <Line>(lines: readonly Line[], empty: Line): readonly Line[] => [...lines, empty];

/** The lines with one changed; the one behind the last is added. */
export const withLine = <Line>(lines: readonly Line[], index: number, line: Line): Line[] =>
  index < lines.length ? lines.map((one, at) => (at === index ? line : one)) : [...lines, line];

export const withoutLine = <Line>(lines: readonly Line[], index: number): Line[] => lines.toSpliced(index, 1);
