import { firstWord } from './sqlOutline.ts';

/** No word of a statement that decides here stands behind so many characters of comments. */
const lookLength = 100_000;

/** What a person's statement begins with, in upper case. */
export const commandOf = (text: string): string => firstWord(text.slice(0, lookLength));

/** Whether it is a COPY, which may want data of this computer. */
export function isCopy(text: string): boolean {
  return commandOf(text) === 'COPY';
}

/** Commands about the session or its transaction: they take no time, and must not have others around them. */
const controls: ReadonlySet<string> = new Set([
  ...['ABORT', 'BEGIN', 'COMMIT', 'END', 'PREPARE', 'RELEASE', 'ROLLBACK', 'SAVEPOINT', 'START'],
  ...['DISCARD', 'RESET', 'SET'],
]);

/** Whether it is about the session or its transaction. */
export function isControl(text: string): boolean {
  return controls.has(commandOf(text));
}

/** DISCARD ALL runs outside of transactions only, and changes nothing but the session. */
export function keepsOutOfTransactions(text: string): boolean {
  return commandOf(text) === 'DISCARD';
}

const reads: ReadonlySet<string> = new Set(['SELECT', 'TABLE', 'VALUES']);

/** Whether nothing is lost when the server is told to stop it, outside of a transaction. */
export function isPlainRead(text: string): boolean {
  return reads.has(commandOf(text));
}
