import { type HeaderLines, headerOf } from '../../HeaderLines.ts';

/** What an answer says of how many requests the API still allows. */
export interface RateNote {
  /** Requests that are left in this period; null when the API does not say. */
  readonly remaining: number | null;
  /** Milliseconds from now to the next period; null when the API does not say. */
  readonly resetMs: number | null;
}

/** Numbers beyond these are points in time: seconds or milliseconds since 1970. */
const epochSeconds = 1e9;
const epochMilliseconds = 1e12;
/** Nobody's period is longer; what says so is misread. */
const longestResetMs = 32 * 86_400_000;

const rateHeader = /^(?:x-)?rate-?limit/i;
const nothingSaid: RateNote = { remaining: null, resetMs: null };

/**
 * Milliseconds to wait as `Retry-After` has it: seconds, or a date, which counts from the server's own `Date`.
 * @param wallMs the time of this computer, for a server that does not tell its own
 * @returns null when there is none, it cannot be read or it is over
 */
export function retryAfterMs(headers: HeaderLines, wallMs: number): number | null {
  const text = headerOf(headers, 'retry-after')?.trim() ?? '';
  if (/^\d{1,10}(?:\.\d{1,6})?$/.test(text)) return positive(Number(text) * 1_000);
  // A date has a name of a day and of a month: what else `Date` would read is no date of HTTP.
  const dateMs = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : positive(dateMs - serverTimeMs(headers, wallMs));
}

/** Requests that are left in this period; null when the API does not say. */
export const remainingOf = (headers: HeaderLines): number | null =>
  firstNumber(headers, ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining']) ??
  partOf(headerOf(headers, 'ratelimit'), /(?:^|[\s;,])(?:r|remaining)\s*=\s*(\d{1,15})/);

/** Reads `RateLimit`, `RateLimit-…`, `X-RateLimit-…` and `X-Rate-Limit-…`. */
export function rateNoteOf(headers: HeaderLines, wallMs: number): RateNote {
  // Most APIs say nothing, and this is on the way of every answer.
  if (!headers.some(([name]) => rateHeader.test(name))) return nothingSaid;
  const combined = headerOf(headers, 'ratelimit');
  const reset =
    firstNumber(headers, ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset']) ??
    partOf(combined, /(?:^|[\s;,])(?:t|reset)\s*=\s*(\d{1,15})/);
  return {
    remaining: remainingOf(headers),
    resetMs: reset === null ? null : resetMsOf(reset, serverTimeMs(headers, wallMs)),
  };
}

function resetMsOf(reset: number, nowMs: number): number | null {
  const ms = fromNowMs(reset, nowMs);
  return ms > longestResetMs ? null : Math.max(0, ms);
}

function fromNowMs(reset: number, nowMs: number): number {
  if (reset >= epochMilliseconds) return reset - nowMs;
  return reset >= epochSeconds ? reset * 1_000 - nowMs : reset * 1_000;
}

function serverTimeMs(headers: HeaderLines, wallMs: number): number {
  const dateMs = Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isNaN(dateMs) ? wallMs : dateMs;
}

function firstNumber(headers: HeaderLines, names: readonly string[]): number | null {
  for (const name of names) {
    const found = partOf(headerOf(headers, name), /^\s*(\d{1,15}(?:\.\d{1,6})?)/);
    if (found !== null) return found;
  }
  return null;
}

function partOf(text: string | null, pattern: RegExp): number | null {
  const found = text === null ? undefined : pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

const positive = (ms: number): number | null => (ms > 0 ? ms : null);
