const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fractions = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const clockTimes = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** `1,234`. */
export const formatCount = (count: number): string => counts.format(count);

/** A measured duration: `0.4 ms`, `38 ms`, `1.2 s`, `2 min 5 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 10) return `${fractions.format(durationMs)} ms`;
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${fractions.format(durationMs / 1000)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A setting in milliseconds as people type it, in seconds: `30`, `0.1`. */
export const secondsText = (durationMs: number): string => String(durationMs / 1000);

/** Date and time of an epoch in milliseconds, in the zone of this computer: `3 Jan 2026, 14:05`. */
export const formatMoment = (epochMs: number): string => moments.format(epochMs);

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** Day of an epoch in milliseconds, in the zone of this computer: `3 Jan 2026`. */
export const formatDay = (epochMs: number): string => days.format(epochMs);

/** Time of day of an epoch in milliseconds: `14:05:09`. */
export const formatClockTime = (epochMs: number): string => clockTimes.format(epochMs);

const ages = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const dayMs = 24 * 3_600_000;

/** How long ago an epoch in milliseconds was, in whole days, months or years: `today`, `3 days ago`, `2 years ago`. */
export function formatAge(epochMs: number, nowMs: number): string {
  const days = Math.max(0, Math.floor((nowMs - epochMs) / dayMs));
  if (days < 60) return ages.format(-days, 'day');
  return days < 730
    ? ages.format(-Math.floor(days / 30.4), 'month')
    : ages.format(-Math.floor(days / 365), 'year');
}

const recently = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto', style: 'short' });
const exactMoments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** How long ago something of today was, as short as it gets: `now`, `12 sec ago`, `5 min ago`; then as an age. */
export function formatSince(epochMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - epochMs) / 1_000));
  if (seconds < 60) return recently.format(-seconds, 'second');
  if (seconds < 3_600) return recently.format(-Math.floor(seconds / 60), 'minute');
  return seconds < 86_400 ? recently.format(-Math.floor(seconds / 3_600), 'hour') : formatAge(epochMs, nowMs);
}

/** Date and time to the second of an epoch in milliseconds: `3 Jan 2026, 14:05:09`. */
export const formatExactMoment = (epochMs: number): string => exactMoments.format(epochMs);

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in steps of 1,024, as servers report it: `512 B`, `16 kB`, `1.5 GB`. */
export function formatBytes(count: number): string {
  const step = Math.min(
    byteUnits.length - 1,
    Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(count))) / 10)),
  );
  const value = count / 1024 ** step;
  const figure = Number.isInteger(value) || value >= 100 ? formatCount(value) : fractions.format(value);
  return `${figure} ${byteUnits[step]}`;
}

/** A share from 0 to 1: `85 %`. */
export const formatShare = (share: number): string => `${formatCount(share * 100)}\u00a0%`;

/** `1 table`, `2 tables`: the number with the noun that fits it. */
export const plural = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
