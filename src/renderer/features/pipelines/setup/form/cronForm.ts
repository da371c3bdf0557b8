/** What people usually want of a schedule. `weekday`: 0 is Sunday. */
export type CronPreset =
  | { readonly type: 'minutes'; readonly every: number }
  | { readonly type: 'hourly'; readonly minute: number }
  | { readonly type: 'daily' | 'weekdays'; readonly time: string }
  | { readonly type: 'weekly'; readonly weekday: number; readonly time: string };

export type PresetType = CronPreset['type'];

const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes that divide an hour, so that runs are evenly apart. */
export const minuteSteps = [1, 2, 5, 10, 15, 20, 30] as const;

/** A number below a limit; null for anything else. */
const below = (text: string, limit: number): number | null =>
  /^\d{1,2}$/.test(text) && Number(text) < limit ? Number(text) : null;

/** One that runs within each hour. */
function presetOfMinute(minute: string): CronPreset | null {
  const every = minute === '*' ? 1 : minuteSteps.find((step) => minute === `*/${step}`);
  if (every !== undefined) return { type: 'minutes', every };
  const at = below(minute, 60);
  return at === null ? null : { type: 'hourly', minute: at };
}

/** The preset that says the same as an expression; null when none does. */
export function presetOf(expression: string): CronPreset | null {
  const [minute = '', hour = '', day, month, weekday = '', ...more] = expression.trim().split(/\s+/);
  if (day !== '*' || month !== '*' || more.length > 0) return null;
  if (hour === '*') return weekday === '*' ? presetOfMinute(minute) : null;
  const [atMinute, atHour] = [below(minute, 60), below(hour, 24)];
  if (atMinute === null || atHour === null) return null;
  const time = `${two(atHour)}:${two(atMinute)}`;
  if (weekday === '*') return { type: 'daily', time };
  if (weekday === '1-5') return { type: 'weekdays', time };
  return /^[0-6]$/.test(weekday) ? { type: 'weekly', weekday: Number(weekday), time } : null;
}

/** Hour and minute of a time as a field of the page gives it. */
function timeFields(time: string): string {
  const [hour = '0', minute = '0'] = time.split(':');
  return `${Number(minute)} ${Number(hour)}`;
}

export function expressionOf(preset: CronPreset): string {
  switch (preset.type) {
    case 'minutes':
      return preset.every === 1 ? '* * * * *' : `*/${preset.every} * * * *`;
    case 'hourly':
      return `${preset.minute} * * * *`;
    case 'daily':
      return `${timeFields(preset.time)} * * *`;
    case 'weekdays':
      return `${timeFields(preset.time)} * * 1-5`;
    case 'weekly':
      return `${timeFields(preset.time)} * * ${preset.weekday}`;
  }
}

/** The preset of another type with what can be taken over from an expression. */
export function presetOfType(type: PresetType, expression: string): CronPreset {
  const before = presetOf(expression);
  const time = before !== null && 'time' in before ? before.time : '07:00';
  switch (type) {
    case 'minutes':
      return { type, every: 15 };
    case 'hourly':
      return { type, minute: 0 };
    case 'daily':
    case 'weekdays':
      return { type, time };
    case 'weekly':
      return { type, weekday: 1, time };
  }
}
