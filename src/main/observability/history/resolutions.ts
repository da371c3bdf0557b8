/** Lengths of the intervals that are kept, and for how long they are. */
export interface Resolution {
  readonly stepMs: number;
  readonly keptMs: number;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** In memory only; as long as `metricsHistoryLength` says. */
export const seconds: Resolution = { stepMs: secondMs, keptMs: 5 * minuteMs };

/** The finest on the disk. */
export const finest: Resolution = { stepMs: 10 * secondMs, keptMs: 2 * hourMs };
/** The coarsest; nothing is kept for longer. */
export const coarsest: Resolution = { stepMs: 15 * minuteMs, keptMs: 7 * 24 * hourMs };

/** On the disk. Each length is a multiple of the one before; the longer it is, the longer it is kept. */
export const keptResolutions: readonly Resolution[] = [
  finest,
  { stepMs: 2 * minuteMs, keptMs: 25 * hourMs },
  coarsest,
];

/** Whoever asks for the last five minutes may have looked at the clock a moment ago. */
const lateMs = 10 * secondMs;

/** The finest that is still kept of a moment; the coarsest for one of which nothing is. */
export function resolutionOf(fromMs: number, nowMs: number): Resolution {
  const covers = ({ keptMs }: Resolution): boolean => fromMs >= nowMs - keptMs - lateMs;
  return [seconds, ...keptResolutions].find(covers) ?? coarsest;
}

/** The beginning of the interval that ends at a moment or after it. */
export const startOf = (atMs: number, stepMs: number): number => (Math.ceil(atMs / stepMs) - 1) * stepMs;
