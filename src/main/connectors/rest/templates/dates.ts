const fixedUnitsMs: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

const monthsOfUnit: Readonly<Record<string, number>> = { month: 1, year: 12 };

export const durationUnits = [...Object.keys(fixedUnitsMs), ...Object.keys(monthsOfUnit)];

/** @param unit of `durationUnits`, also as a plural. @returns null when there is no such unit, or the date is none */
export function movedBy(atMs: number, count: number, unit: string): number | null {
  const name = unit.endsWith('s') ? unit.slice(0, -1) : unit;
  const fixedMs = Object.hasOwn(fixedUnitsMs, name) ? fixedUnitsMs[name] : undefined;
  if (fixedMs !== undefined) return validDate(atMs + count * fixedMs);
  const months = Object.hasOwn(monthsOfUnit, name) ? monthsOfUnit[name] : undefined;
  return months === undefined ? null : validDate(movedByMonths(atMs, count * months));
}

const validDate = (atMs: number): number | null => (Number.isNaN(new Date(atMs).getTime()) ? null : atMs);

/** The same day of another month, or its last one where the month is shorter. */
function movedByMonths(atMs: number, count: number): number {
  const date = new Date(atMs);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const dayCount = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, dayCount));
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

const fields: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => padded(date.getUTCFullYear(), 4),
  MM: (date) => padded(date.getUTCMonth() + 1, 2),
  DD: (date) => padded(date.getUTCDate(), 2),
  HH: (date) => padded(date.getUTCHours(), 2),
  mm: (date) => padded(date.getUTCMinutes(), 2),
  ss: (date) => padded(date.getUTCSeconds(), 2),
  SSS: (date) => padded(date.getUTCMilliseconds(), 3),
};

/** A date without a format of its own. */
export const isoFormat = 'YYYY-MM-DDTHH:mm:ssZ';

/**
 * A date in UTC: `unix` and `unix-ms` are numbers; otherwise YYYY, MM, DD, HH, mm, ss and SSS are replaced, and all else
 * stays as it is.
 */
export function formattedDate(atMs: number, format: string): string {
  if (format === 'unix') return String(Math.floor(atMs / 1_000));
  if (format === 'unix-ms') return String(atMs);
  const date = new Date(atMs);
  return format.replace(/YYYY|MM|DD|HH|mm|SSS|ss/g, (name) => fields[name]?.(date) ?? name);
}

/** Epoch milliseconds of a date of ISO 8601, UTC unless it names a zone, or of a count of seconds; null for others. */
export function dateOf(text: string): number | null {
  if (/^-?\d{1,12}$/.test(text)) return Number(text) * 1_000;
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, day, time = '00:00', zone = 'Z'] = match;
  const atMs = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(atMs) ? null : atMs;
}
