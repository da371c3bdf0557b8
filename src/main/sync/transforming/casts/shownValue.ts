/** A value in a reason: enough of it to be found again. */
export const shownValue = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);
