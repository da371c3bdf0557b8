import type { LoggedError, LogLine } from '../../../shared/model/log.ts';

const times = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The time of day to the millisecond. @param at epoch milliseconds */
export const timeText = (at: number): string => times.format(at);

/** What a line tells beside its message, in one line. */
export function factsText({ fields, error }: LogLine): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [...pairs, ...(error === null ? [] : [error.code ?? error.name, error.message])].join('  ');
}

/** An error and what caused it, the nearest first. */
export function causesOf(error: LoggedError | null): readonly LoggedError[] {
  return error === null ? [] : [error, ...causesOf(error.cause ?? null)];
}
