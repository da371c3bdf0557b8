import { poolSettingsSchema, timeoutSettingsSchema } from '../../model/poolSettings.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import type { ConnectionContents } from '../reading.ts';
import type { Setting } from '../vocabulary.ts';
import type { CommonParameter } from '../vocabularyRows.ts';

interface Range {
  readonly minValue: number | null;
  readonly maxValue: number | null;
}

const { connectMs, queryMs, idleInTransactionMs } = timeoutSettingsSchema.shape;
const { min, max, idleTimeoutMs, acquireTimeoutMs } = poolSettingsSchema.shape;

/** Which limit of ours each parameter sets; the ranges are the model's. Zero means "no limit" for all durations. */
const timeouts = [
  ['connectMs', 'connectMs', connectMs],
  ['queryMs', 'queryMs', queryMs],
  ['idleInTransactionMs', 'idleInTransactionMs', idleInTransactionMs.unwrap()],
] as const;
const poolDurations = [
  ['idleMs', 'idleTimeoutMs', idleTimeoutMs],
  ['acquireMs', 'acquireTimeoutMs', acquireTimeoutMs],
] as const;
const poolCounts = [
  ['poolMin', 'min', min],
  ['poolMax', 'max', max],
] as const;

type Parameters = ReadonlyMap<string, Setting>;

/**
 * Time-outs and pool, as far as the text names them. A value outside of the range becomes the nearest one inside it.
 * @throws ConnectionTextRefused for one that is not a number
 */
export function readLimits(
  parameters: Parameters,
  notes: string[],
): Pick<ConnectionContents, 'timeouts' | 'pool'> {
  const named = withLoginLimit(parameters);
  const duration = (setting: Setting, range: Range) => readDuration(setting, range, notes);
  return {
    timeouts: readGroup(named, timeouts, duration),
    pool: {
      ...readGroup(named, poolDurations, duration),
      ...readGroup(named, poolCounts, (setting, range) => readCount(setting, range, notes)),
    },
  };
}

/** Our connect time-out covers look-up to log-in: a limit for all of that counts before one for the socket alone. */
function withLoginLimit(parameters: Parameters): Parameters {
  const login = parameters.get('loginMs');
  if (login === undefined || Number(login.value) === 0) return parameters;
  return new Map([...parameters, ['connectMs', login]]);
}

function readGroup<Key extends string>(
  parameters: Parameters,
  group: readonly (readonly [CommonParameter, Key, Range])[],
  read: (setting: Setting, range: Range) => number,
): Partial<Record<Key, number>> {
  const values: Partial<Record<Key, number>> = {};
  for (const [parameter, key, range] of group) {
    const setting = parameters.get(parameter);
    if (setting !== undefined && setting.value !== '') values[key] = read(setting, range);
  }
  return values;
}

function readDuration({ value, unitMs }: Setting, range: Range, notes: string[]): number {
  const wanted = numberOf(value) * unitMs;
  // Zero and below wait for ever in every library.
  const allowed = within(wanted <= 0 ? Number.POSITIVE_INFINITY : Math.round(wanted), range);
  if (allowed !== wanted)
    notes.push(`A time-out was set to ${allowed / 1_000} s, the nearest allowed value.`);
  return allowed;
}

function readCount({ value }: Setting, range: Range, notes: string[]): number {
  const wanted = numberOf(value);
  const allowed = within(Math.round(wanted), range);
  if (allowed !== wanted) notes.push(`A pool size was set to ${allowed}, the nearest allowed value.`);
  return allowed;
}

function within(wanted: number, { minValue, maxValue }: Range): number {
  return Math.min(maxValue ?? wanted, Math.max(minValue ?? wanted, wanted));
}

function numberOf(text: string): number {
  if (/^-?\d{1,12}(?:\.\d{1,6})?$/.test(text.trim())) return Number(text);
  throw new ConnectionTextRefused(
    'A time-out or pool size in the text is not a number',
    'Write it as a plain number, without a unit.',
  );
}
