/**
 * Above this, in UTF-16 units, a text is shown plainly: without highlighting, marks of statements and completion, so that
 * typing stays fluent.
 */
export const maxMarkedLength = 5_000_000;

/** Statements around a cursor are read from so much of a larger text before it and after it. */
export const nearbyLength = 100_000;

/** A line of so many UTF-16 units is long: what is typed into it is not read back from the page. */
export const longLineLength = 50_000;
