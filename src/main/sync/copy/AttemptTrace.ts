import { toErrorDto } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { outcomeOf } from '../../base/statementKinds.ts';
import type { MeasuredOperation } from '../../observability/Instrumentation.ts';

/** What an attempt does, in the words of its trace. */
export const attemptSteps = [
  'attempt',
  /** For connections that its data sources have free. */
  'wait',
  'open-source',
  'open-destination',
  'plan',
  'begin',
  'copy',
  'batch',
  /** All batches after the first ones. */
  'batches',
  'commit',
  /** What was written beside its place takes it. */
  'swap',
] as const;
export type AttemptStep = (typeof attemptSteps)[number];

/** A step that has ended. */
export type TracedStep = Omit<MeasuredOperation, 'kind'> & { readonly name: AttemptStep };

/** Batches with a span of their own. */
const batchCount = 20;
/** More than an attempt can have. */
export const maxTracedSteps = 64;

/** Measures the steps of an attempt, one inside the other: names, times, counts and codes, and never a value. */
export class AttemptTrace {
  readonly #clock: Clock;
  readonly #epochMs: number;
  readonly #steps: (TracedStep | null)[] = [];
  #around: number | null = null;
  #batchCount = 0;
  #batchesAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#epochMs = clock.wallMs() - clock.monotonicMs();
  }

  /** Those that have ended, in the order in which they began. */
  get steps(): readonly TracedStep[] {
    return this.#steps.flatMap((step) => step ?? []);
  }

  /** @param rowsOf how many rows it was about; absent where it is about none */
  async step<Value>(
    name: AttemptStep,
    sourceId: string | null,
    work: () => Promise<Value>,
    rowsOf?: (value: Value) => number,
  ): Promise<Value> {
    const at = this.#steps.push(null) - 1;
    const parent = this.#around;
    const startMs = this.#clock.monotonicMs();
    const ended = (end: Pick<TracedStep, 'outcome' | 'code' | 'rowCount'>): void => {
      const durationMs = this.#clock.monotonicMs() - startMs;
      this.#steps[at] = { name, sourceId, parent, startedAt: this.#epochMs + startMs, durationMs, ...end };
      this.#around = parent;
    };
    this.#around = at;
    try {
      const value = await work();
      ended({ outcome: 'ok', code: null, rowCount: rowsOf?.(value) ?? null });
      return value;
    } catch (error) {
      ended({ outcome: outcomeOf(error), code: toErrorDto(error, null).code, rowCount: null });
      throw error;
    }
  }

  /** The first ones have a step each, and all others one together: from the first of them to the last that went well. */
  async batch<Value>(work: () => Promise<Value>, rowCount: number): Promise<Value> {
    this.#batchCount += 1;
    if (this.#batchCount <= batchCount) return this.step('batch', null, work, () => rowCount);
    const startMs = this.#clock.monotonicMs();
    const value = await work();
    this.#addBatch(startMs, rowCount);
    return value;
  }

  #addBatch(startMs: number, rowCount: number): void {
    this.#batchesAt ??= this.#steps.push(null) - 1;
    const before = this.#steps[this.#batchesAt] ?? null;
    const startedAt = before?.startedAt ?? this.#epochMs + startMs;
    this.#steps[this.#batchesAt] = {
      ...{ name: 'batches', sourceId: null, parent: this.#around, startedAt, outcome: 'ok', code: null },
      durationMs: this.#epochMs + this.#clock.monotonicMs() - startedAt,
      rowCount: (before?.rowCount ?? 0) + rowCount,
    };
  }
}
