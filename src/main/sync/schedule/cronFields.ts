/** Which minutes, hours, days and months an expression of five fields names. */
export interface CronFields {
  readonly minutes: readonly boolean[];
  readonly hours: readonly boolean[];
  /** By day of the month, from 1. */
  readonly days: readonly boolean[];
  /** By month, from 1. */
  readonly months: readonly boolean[];
  /** By day of the week, from 0 for Sunday. */
  readonly weekdays: readonly boolean[];
  /** Whether days of both fields count: each of them is restricted, and a day of either is meant. */
  readonly isEitherDay: boolean;
  /** Whether each hour is meant as it passes, instead of some by their names. */
  readonly isEveryHour: boolean;
}

/** What is wrong with an expression, in words for people. */
export class CronRefused extends Error {
  override readonly name = 'CronRefused';
}

interface Field {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const minute: Field = { label: 'minute', min: 0, max: 59 };
const hour: Field = { label: 'hour', min: 0, max: 23 };
const day: Field = { label: 'day of the month', min: 1, max: 31 };
const month: Field = {
  ...{ label: 'month', min: 1, max: 12 },
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
const weekday: Field = {
  ...{ label: 'day of the week', min: 0, max: 7 },
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

/**
 * Reads minute, hour, day of the month, month and day of the week: numbers, names of months and weekdays, `*`, lists,
 * ranges and steps of both. Nicknames, `L`, `W`, `#` and `?` are of other programs, and refused.
 * @throws CronRefused
 */
export function readCronFields(expression: string): CronFields {
  const texts = expression.trim().split(/\s+/);
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = texts;
  if (texts.length !== 5) {
    throw new CronRefused(
      `It should have five fields (minute, hour, day, month, weekday) and has ${texts.length}.`,
    );
  }
  const onWeekdays = readField(weekdays, weekday);
  const onHours = readField(hours, hour);
  return {
    minutes: readField(minutes, minute),
    hours: onHours,
    days: readField(days, day),
    months: readField(months, month),
    // Sunday is 0 and 7.
    weekdays: onWeekdays.slice(0, 7).map((isOn, index) => isOn || (index === 0 && onWeekdays[7] === true)),
    isEitherDay: !days.startsWith('*') && !weekdays.startsWith('*'),
    isEveryHour: onHours.every(Boolean),
  };
}

function readField(text: string, field: Field): boolean[] {
  const found = new Array<boolean>(field.max + 1).fill(false);
  for (const part of text.split(',')) {
    const { from, to, step } = readPart(part, field);
    for (let value = from; value <= to; value += step) found[value] = true;
  }
  return found;
}

function readPart(part: string, field: Field): { from: number; to: number; step: number } {
  const { label, min, max } = field;
  const match = /^(?:(\*)|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d+))?$/i.exec(part);
  if (match === null) throw new CronRefused(`The ${label} cannot be read: “${part}”.`);
  const [, star, first = '', last, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1 || step > max) throw new CronRefused(`The step of the ${label} should be from 1 to ${max}.`);
  if (star !== undefined) return { from: min, to: field === weekday ? 6 : max, step };
  if (last === undefined && stepText !== undefined) {
    throw new CronRefused(`A step of the ${label} needs a range or * before it.`);
  }
  const from = readValue(first, field);
  const to = last === undefined ? from : readValue(last, field);
  if (from > to) throw new CronRefused(`The range of the ${label} ends before it begins: “${part}”.`);
  return { from, to, step };
}

function readValue(text: string, { label, min, max, names = [] }: Field): number {
  const index = names.indexOf(text.toLowerCase());
  const value = index >= 0 ? min + index : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new CronRefused(`The ${label} should be from ${min} to ${max}, not “${text}”.`);
}
