import type { EndedOperation } from '../../../shared/model/operations.ts';
import { toErrorDto } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { outcomeOf } from '../../base/statementKinds.ts';
import {
  currentCorrelationId,
  currentOperation,
  type OperationContext,
  withOperation,
} from '../correlation.ts';
import type {
  Instrumentation,
  MeasuredOperation,
  Operation,
  OperationRecorder,
  OperationStart,
  RecordedOperation,
  TraceMark,
} from '../Instrumentation.ts';
import type { SpanPlace, Traces } from '../tracing/Traces.ts';

/** Hears of each operation when it ends: parts before what they are a part of. Cheap, and never throws. */
export interface OperationSubscriber {
  /** @param place null while tracing was off when it began */
  ended(operation: EndedOperation, rootId: number, place: SpanPlace | null): void;
}

type Listener = (
  operation: RunningOperation,
  end: Pick<EndedOperation, 'outcome' | 'code' | 'rowCount'>,
) => void;

type Measured = Omit<MeasuredOperation, 'parent'>;

/** What operations need of the instrumentation. */
interface Surroundings {
  readonly clock: Clock;
  readonly traces: Traces;
  readonly onEnd: Listener;
}

class RunningOperation implements Operation, OperationContext {
  readonly id: number;
  readonly rootId: number;
  readonly parentId: number | null;
  readonly start: OperationStart;
  readonly correlationId = currentCorrelationId();
  readonly startedMs: number;
  readonly epochMs: number;
  readonly place: SpanPlace | null;
  readonly #traces: Traces;
  readonly #onEnd: Listener;
  #isOver = false;

  constructor(id: number, start: OperationStart, { clock, traces, onEnd }: Surroundings) {
    const parent = currentOperation();
    this.startedMs = clock.monotonicMs();
    this.epochMs = parent?.epochMs ?? clock.wallMs() - this.startedMs;
    this.id = id;
    this.parentId = parent?.id ?? null;
    this.rootId = parent?.rootId ?? id;
    this.start = start;
    this.place = traces.placeOf(parent === null ? null : (parent.place ?? undefined), this.correlationId);
    this.#traces = traces;
    this.#onEnd = onEnd;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get traceMark(): TraceMark | null {
    return this.place === null ? null : this.#traces.markOf(this.place);
  }

  succeeded(rowCount: number | null = null): void {
    this.#end({ outcome: 'ok', code: null, rowCount });
  }

  failed(error: unknown): void {
    const code = error === null ? null : toErrorDto(error, null).code;
    this.#end({ outcome: outcomeOf(error), code, rowCount: null });
  }

  #end(end: Parameters<Listener>[1]): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onEnd(this, end);
  }
}

/** The one instrumentation: gives operations their place in what runs, and tells its subscribers how they ended. */
export class Operations implements Instrumentation, OperationRecorder {
  readonly #subscribers: readonly OperationSubscriber[];
  readonly #surroundings: Surroundings;
  #lastId = 0;

  constructor(clock: Clock, traces: Traces, subscribers: readonly OperationSubscriber[]) {
    this.#subscribers = [...subscribers, traces];
    this.#surroundings = { clock, traces, onEnd: (operation, end) => this.#ended(operation, end) };
  }

  begin(start: OperationStart): Operation {
    return this.#begin(start);
  }

  run<Value>(
    start: OperationStart,
    work: () => Promise<Value>,
    rowsOf?: (value: Value) => number,
  ): Promise<Value> {
    const operation = this.#begin(start);
    return withOperation(operation, async () => {
      try {
        const value = await work();
        operation.succeeded(rowsOf?.(value) ?? null);
        return value;
      } catch (error) {
        operation.failed(error);
        throw error;
      }
    });
  }

  record(correlationId: string): RecordedOperation {
    const { traces } = this.#surroundings;
    const rootId = this.#nextId();
    const root = traces.firstPlaceOf(correlationId);
    const ended = (
      id: number,
      parentId: number | null,
      measured: Measured,
      place: SpanPlace | null,
    ): void => {
      const { kind, name, sourceId, startedAt, durationMs, outcome, code, rowCount } = measured;
      const figures = { kind, name, sourceId, startedAt, durationMs, outcome, code, rowCount };
      const operation = { id, parentId, correlationId, ...figures };
      for (const subscriber of this.#subscribers) subscriber.ended(operation, rootId, place);
    };
    return {
      parts: (all) => {
        const placed: { id: number; place: SpanPlace | null }[] = [];
        for (const measured of all) {
          const around = placed[measured.parent ?? -1] ?? { id: rootId, place: root };
          const place = traces.placeOf(around.place ?? undefined, correlationId);
          const id = this.#nextId();
          placed.push({ id, place });
          ended(id, around.id, measured, place);
        }
      },
      ended: (measured) => ended(rootId, null, measured, root),
    };
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #begin(start: OperationStart): RunningOperation {
    return new RunningOperation(this.#nextId(), start, this.#surroundings);
  }

  #ended(operation: RunningOperation, end: Parameters<Listener>[1]): void {
    const { id, rootId, parentId, start, correlationId, startedMs, epochMs, place } = operation;
    const durationMs = this.#surroundings.clock.monotonicMs() - startedMs;
    const { kind, name, sourceId = null } = start;
    const startedAt = epochMs + startedMs;
    const { outcome, code, rowCount } = end;
    // Name by name: to spread an object takes longer than all the rest, and every statement comes through here.
    const ended = {
      id,
      parentId,
      kind,
      name,
      sourceId,
      correlationId,
      startedAt,
      durationMs,
      outcome,
      code,
      rowCount,
    };
    for (const subscriber of this.#subscribers) subscriber.ended(ended, rootId, place);
  }
}
