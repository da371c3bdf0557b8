import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanPlace } from './tracing/Traces.ts';

/** An operation within which others begin (Instrumentation). */
export interface OperationContext {
  readonly id: number;
  /** The outermost operation that it belongs to; itself when it is that. */
  readonly rootId: number;
  /** What the wall clock was ahead of the monotonic one when it began: all parts are on the same scale. */
  readonly epochMs: number;
  /** In its trace; null while tracing is off. */
  readonly place: SpanPlace | null;
  /** What goes on afterwards, such as a timer that was set within it, is no part of it. */
  readonly isOver: boolean;
}

interface Context {
  readonly correlationId: string | null;
  readonly operation: OperationContext | null;
}

const storage = new AsyncLocalStorage<Context>();

/** Runs `work` so that everything it causes carries this correlation id. */
export function withCorrelation<Value>(correlationId: string, work: () => Value): Value {
  return storage.run({ correlationId, operation: null }, work);
}

/** The correlation id of what is running, or null outside of any call. */
export function currentCorrelationId(): string | null {
  return storage.getStore()?.correlationId ?? null;
}

/** Runs `work` as a part of an operation. */
export function withOperation<Value>(operation: OperationContext, work: () => Value): Value {
  return storage.run({ correlationId: currentCorrelationId(), operation }, work);
}

/** The innermost operation that runs here; null outside of any. */
export function currentOperation(): OperationContext | null {
  const operation = storage.getStore()?.operation ?? null;
  return operation === null || operation.isOver ? null : operation;
}
