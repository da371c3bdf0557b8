/**
 * What may stand in the diagnostics. A text that comes from a server, a file or an error is not written unless it has
 * one of these shapes, none of which a name, a host or a statement is likely to have.
 */

/** `ECONNREFUSED`, `28P01`, `AUTH_FAILED`. */
export const codeText = (text: string | null): string | null =>
  text !== null && /^[A-Z0-9][A-Z0-9_]{0,63}$/.test(text) ? text : null;

/** The number in what a server says of itself: `18.4`. */
export const versionText = (text: string | null): string | null =>
  /^\d{1,5}(\.\d{1,5}){0,3}(?=$|[^\w.])/.exec(text ?? '')?.[0] ?? null;

/** Words of our own: `dataSources.save`, `first-sample`. */
export const wordText = (text: string): string | null => (/^[a-zA-Z][\w.:-]{0,63}$/.test(text) ? text : null);

/** The name of a kind of error: `TypeError`. */
export const classText = (text: string): string | null => (/^[A-Z]\w{0,40}$/.test(text) ? text : null);

export const idText = (text: string): string | null => (/^[0-9a-f-]{36}$/.test(text) ? text : null);

const mebibyte = 1024 * 1024;
export const memoryText = (bytes: number): string =>
  `${Math.round(bytes / mebibyte).toLocaleString('en-GB')} MiB`;

export const numberText = (value: number | null): string =>
  value === null ? '–' : String(Math.round(value * 10) / 10);
