import { randomFillSync } from 'node:crypto';
import type { EndedOperation, OperationKind } from '../../../shared/model/operations.ts';
import type { TraceMark } from '../Instrumentation.ts';

/** The place of an operation in a trace, with ids as W3C Trace Context spells them. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** Whether the spans of its trace are sent. */
  readonly isSampled: boolean;
}

/** What is to be sent as one span. */
export interface EndedSpan {
  readonly operation: EndedOperation;
  readonly place: SpanPlace;
  /** It is the click around the operation, which lasts as long as that. */
  readonly isClick: boolean;
}

/** Takes the spans of sampled traces when they end. Cheap, and never throws. */
export interface SpanSink {
  add(span: EndedSpan): void;
}

export interface TraceRules {
  /** Of traces, above 0 and up to 1. */
  readonly share: number;
  readonly inComment: boolean;
  readonly inApplicationName: boolean;
  /** Null: nobody takes spans. */
  readonly sink: SpanSink | null;
}

/**
 * Gives each operation its place in a trace while tracing is on, and passes on those that end. While it is off, nothing is
 * made for an operation.
 *
 * The trace of a click is the id that the window gave it: lines of the log, operations and spans have one name. So what
 * goes on after the call has ended, and begins anew, is still in the trace of its click.
 */
export class Traces {
  #rules: TraceRules | null = null;

  /** @param rules null: tracing is off. What began under other rules goes on as it began. */
  follow(rules: TraceRules | null): void {
    this.#rules = rules;
  }

  /**
   * For an operation that begins.
   * @param parent null for what has nothing around it; undefined for what is around it and began while tracing was off
   */
  placeOf(parent: SpanPlace | null | undefined, correlationId: string | null): SpanPlace | null {
    if (this.#rules === null || parent === undefined) return null;
    if (parent !== null) {
      const { traceId, spanId: parentSpanId, isSampled } = parent;
      return { traceId, spanId: randomHex(8), parentSpanId, isSampled };
    }
    const clickId = clickTraceOf(correlationId);
    const traceId = clickId ?? randomHex(16);
    const parentSpanId = clickId === null ? null : clickSpanOf(traceId);
    const isSampled = randomPart(traceId) < this.#rules.share;
    return { traceId, spanId: randomHex(8), parentSpanId, isSampled };
  }

  /** For what the trace of an id begins with, and everything else in it is a part of. */
  firstPlaceOf(correlationId: string): SpanPlace | null {
    const part = this.placeOf(null, correlationId);
    return part === null ? null : { ...part, spanId: part.parentSpanId ?? part.spanId, parentSpanId: null };
  }

  /** What the server of an operation is told of it. */
  markOf({ traceId, spanId, isSampled }: SpanPlace): TraceMark | null {
    const { inComment = false, inApplicationName = false } = this.#rules ?? {};
    if (!inComment && !inApplicationName) return null;
    const traceparent = `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
    return { traceparent, inComment, inApplicationName };
  }

  ended(operation: EndedOperation, _rootId: number, place: SpanPlace | null): void {
    const { sink = null } = this.#rules ?? {};
    if (sink === null || place === null || !place.isSampled) return;
    sink.add({ operation, place, isClick: false });
    const around = clickPlaceOf(operation, place);
    if (around !== null) sink.add({ operation, place: around, isClick: true });
  }
}

/** In a sampled trace of its own. */
export const singlePlace = (): SpanPlace => ({
  ...{ traceId: randomHex(16), spanId: randomHex(8), parentSpanId: null, isSampled: true },
});

/** Kinds that the window begins: around each stands the click that caused it. */
const clicked: ReadonlySet<OperationKind> = new Set(['call', 'stream']);

/** Of the click around an operation, if that is what the click began. */
function clickPlaceOf({ kind, parentId }: EndedOperation, place: SpanPlace): SpanPlace | null {
  const isFirst = clicked.has(kind) && parentId === null;
  return isFirst && place.parentSpanId !== null
    ? { ...place, spanId: place.parentSpanId, parentSpanId: null }
    : null;
}

/** A UUID that was made at random; others do not tell traces apart. */
const randomUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function clickTraceOf(correlationId: string | null): string | null {
  return correlationId !== null && randomUuid.test(correlationId) ? correlationId.replaceAll('-', '') : null;
}

/** Derived, so that all that the click began finds it without a memory. */
const clickSpanOf = (traceId: string): string => traceId.slice(16);

/** The last 48 bits, which are random in a UUID too: the same trace is sampled by every share that is larger. */
const randomPart = (traceId: string): number => Number.parseInt(traceId.slice(20), 16) / 2 ** 48;

/** Filled in one go: asking the system for each id takes longer than the rest of it. */
const randomness = Buffer.alloc(4_096);
let usedBytes = randomness.length;

function randomHex(byteCount: number): string {
  if (usedBytes + byteCount > randomness.length) {
    randomFillSync(randomness);
    usedBytes = 0;
  }
  usedBytes += byteCount;
  return randomness.toString('hex', usedBytes - byteCount, usedBytes);
}
