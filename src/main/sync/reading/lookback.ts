import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import { AppError } from '../../base/AppError.ts';
import { dateText } from '../../base/calendar.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { formatDecimal, parseDecimal, powerOfTen } from '../transforming/values/decimals.ts';
import { momentTextOf, movedBy, parseMoment } from '../transforming/values/moments.ts';

const daySeconds = 86_400;

/**
 * The value so much before another one: seconds for times, units for numbers, worked out on the text, exactly. A date goes
 * back by whole days.
 * @returns as the source writes it
 * @throws PIPELINE_INVALID where nothing can be taken off the value
 */
export function valueBefore(
  cursor: string,
  lookback: number,
  { name, type, declared }: SourceColumn,
  types: ColumnTypes,
): string {
  if (lookback === 0) return cursor;
  const converted = types.toCanonical(type, declared)?.(cursor) ?? cursor;
  const earlier = typeof converted === 'string' ? earlierText(converted, lookback, type.type) : null;
  if (earlier === null) throw noLookback(name);
  const written = types.fromCanonical(type, declared)?.(earlier) ?? earlier;
  if (typeof written !== 'string') throw noLookback(name);
  return written;
}

function earlierText(text: string, lookback: number, type: SourceColumn['type']['type']): string | null {
  if (type === 'integer' || type === 'decimal') {
    const number = parseDecimal(text);
    if (number === null) return null;
    return formatDecimal({
      digits: number.digits - BigInt(lookback) * powerOfTen(number.scale),
      scale: number.scale,
    });
  }
  if (type !== 'date' && type !== 'timestamp') return null;
  const moment = parseMoment(text);
  if (moment === null) return null;
  const seconds = type === 'date' ? Math.ceil(lookback / daySeconds) * daySeconds : lookback;
  const earlier = movedBy(moment, -seconds);
  return type === 'date' ? dateText(earlier) : momentTextOf(earlier);
}

const noLookback = (name: string): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'The cursor has no look-back',
    detail: `“${name}” holds neither numbers nor times.`,
    fixes: ['Set the look-back to 0, or choose another cursor.'],
  });
