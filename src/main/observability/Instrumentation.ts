import type { DataSourceId } from '../../shared/model/ids.ts';
import type { EndedOperation, OperationKind } from '../../shared/model/operations.ts';

/** What begins, in words of the code: nothing in it comes from a person or a server, so it is bounded and free of secrets. */
export interface OperationStart {
  readonly kind: OperationKind;
  /** Such as the name of a call, a stage or a purpose. */
  readonly name: string;
  readonly sourceId?: DataSourceId;
}

/** What the server of a statement may be told of its trace, as a person allowed it. */
export interface TraceMark {
  /** As W3C Trace Context spells it. */
  readonly traceparent: string;
  readonly inComment: boolean;
  readonly inApplicationName: boolean;
}

/** An operation that runs. Only its first end counts. */
export interface Operation {
  /** Null: nothing. */
  readonly traceMark: TraceMark | null;
  /** @param rowCount rows that it read; absent when it reads none */
  succeeded(rowCount?: number): void;
  /** Cancelled operations end here too. @param error null when only what is around it knows why */
  failed(error: unknown): void;
}

/**
 * Where operations say that they begin and end: the gate, acquires, connects and their stages, statements, the vault and
 * the demo server. Whoever wants to know subscribes (Operations).
 */
export interface Instrumentation {
  /** For what has nothing inside. It is a part of the operation that runs here. */
  begin(start: OperationStart): Operation;
  /**
   * Runs work as an operation; those that begin inside are its parts.
   * @param rowsOf how many rows it read; absent when it reads none
   */
  run<Value>(
    start: OperationStart,
    work: () => Promise<Value>,
    rowsOf?: (value: Value) => number,
  ): Promise<Value>;
}

const nobodyListens: Operation = { traceMark: null, succeeded: () => undefined, failed: () => undefined };

/** An operation that was measured elsewhere, such as in another process. */
export interface MeasuredOperation
  extends Pick<
    EndedOperation,
    'kind' | 'name' | 'sourceId' | 'startedAt' | 'durationMs' | 'outcome' | 'code' | 'rowCount'
  > {
  /** Which one it is a part of, by its place among those that are told together; null: what is around all of them. */
  readonly parent: number | null;
}

/** One that goes on, or whose parts have not all come yet. */
export interface RecordedOperation {
  /** Parts that have ended, in the order in which they began. */
  parts(measured: readonly MeasuredOperation[]): void;
  ended(measured: Omit<MeasuredOperation, 'parent'>): void;
}

/** Takes in what was measured elsewhere. */
export interface OperationRecorder {
  /** @param correlationId a random UUID: that of its trace */
  record(correlationId: string): RecordedOperation;
}

/** Measures nothing: the default where none is given. */
export const noInstrumentation: Instrumentation = {
  begin: () => nobodyListens,
  run: (_start, work) => work(),
};
