import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { dateText } from '../../../base/calendar.ts';
import { type Cast, type CellStep, refused, type StepResult } from '../steps.ts';
import { inUtc, isEndless, type Moment, momentTextOf, parseMoment, timeText } from '../values/moments.ts';
import { shownValue } from './shownValue.ts';

type TimestampType = Extract<LogicalType, { type: 'timestamp' }>;
type TimeType = Extract<LogicalType, { type: 'time' }>;

/** The date of a moment; of one with a zone, its date in UTC. */
export function toDate({ type }: LogicalType): Cast {
  if (type === 'date') return null;
  if (type !== 'timestamp' && type !== 'text') return 'impossible';
  return ofMoment((moment) => dateText(moment.offset === null ? moment : inUtc(moment)));
}

/** A moment without a zone is taken to be in UTC where the other side has zones, and the other way round. */
export function toTimestamp(from: LogicalType, to: TimestampType): Cast {
  if (from.type !== 'timestamp' && from.type !== 'text' && from.type !== 'date') return 'impossible';
  if (from.type === 'timestamp' && from.isZoned === to.isZoned && from.digits <= to.digits) return null;
  return ofMoment((moment) => {
    const whole = { ...moment, fraction: moment.fraction.slice(0, to.digits).replace(/0+$/, '') };
    if (to.isZoned) return momentTextOf(inUtc(whole));
    return momentTextOf({ ...(whole.offset === null ? whole : inUtc(whole)), offset: null });
  });
}

const clockText = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/;

export function toTime(from: LogicalType, to: TimeType): Cast {
  if (from.type === 'time') {
    if (from.isZoned !== to.isZoned) return 'impossible';
    return from.digits <= to.digits ? null : (text) => shortened(text, to.digits);
  }
  if (to.isZoned) return 'impossible';
  if (from.type === 'timestamp') {
    return ofMoment((moment) => shortened(timeText(moment), to.digits));
  }
  if (from.type !== 'text') return 'impossible';
  return (text) => {
    const match = clockText.exec(text.trim());
    if (match === null) return refused(`“${shownValue(text)}” is no time of a day.`);
    const [, hours, minutes, seconds = '00', fraction] = match;
    const clock = `${hours}:${minutes}:${seconds}`;
    return shortened(fraction === undefined ? clock : `${clock}.${fraction}`, to.digits);
  };
}

/** Without the digits of the second that a type has no room for. */
const shortened = (text: string, digits: number): string =>
  text.replace(/\.(\d+)/, (_, all: string) => (digits === 0 ? '' : `.${all.slice(0, digits)}`));

const ofMoment =
  (write: (moment: Moment) => StepResult): CellStep =>
  (text) => {
    const plain = text.trim();
    if (isEndless(plain)) return plain;
    const moment = parseMoment(plain);
    return moment === null ? refused(`“${shownValue(text)}” is no date.`) : write(moment);
  };
