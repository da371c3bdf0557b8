/**
 * The only file that loads OpenTelemetry, and itself loaded when the first spans are sent. What a span says are words of
 * the code, figures and the opaque id of a data source: never a text, name or address of people or servers.
 */
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { OperationKind } from '../../../shared/model/operations.ts';
import type { EndedSpan } from './Traces.ts';

/** What all spans have in common. */
export interface SpanOrigin {
  readonly version: string;
  /** Tells runs of the app apart. */
  readonly instanceId: string;
  /** Kind of the engine of a data source; null when it is gone. */
  readonly engineOf: (id: DataSourceId) => string | null;
}

/** Values of OpenTelemetry's SpanKind and SpanStatusCode. */
const internal = 0;
const client = 2;
const unset = 0;
const failed = 2;

const nothing: [] = [];

/** What another computer takes part in. */
const remote: ReadonlySet<OperationKind> = new Set(['connect', 'stage', 'statement']);

type Common = Pick<ReadableSpan, 'resource' | 'instrumentationScope'>;
type SpanContext = ReturnType<ReadableSpan['spanContext']>;
type Attributes = Record<string, string | number>;

/** A request of OTLP/HTTP in JSON. */
export function encodeSpans(spans: readonly EndedSpan[], origin: SpanOrigin): Uint8Array {
  const { version, instanceId } = origin;
  const common: Common = {
    resource: resourceFromAttributes({
      'service.name': 'mooring',
      'service.version': version,
      'service.instance.id': instanceId,
    }),
    instrumentationScope: { name: 'mooring', version },
  };
  const engines = new Map<DataSourceId, string | null>();
  const engineOf = (id: DataSourceId): string | null => {
    const known = engines.get(id) ?? origin.engineOf(id);
    engines.set(id, known);
    return known;
  };
  const readable = spans.map((span) => {
    const { sourceId } = span.operation;
    return new Span(common, span, sourceId === null ? null : engineOf(sourceId));
  });
  return JsonTraceSerializer.serializeRequest(readable) ?? new Uint8Array();
}

/** How many spans the collector says it did not take, in an answer that is otherwise a success. */
export function rejectedCountIn(answer: Uint8Array): number {
  const { rejectedSpans } = JsonTraceSerializer.deserializeResponse(answer).partialSuccess ?? {};
  const count = Number(rejectedSpans ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** A class, because hundreds are made in one go: objects that are spread into each other take ten times as long. */
class Span implements ReadableSpan {
  readonly resource: ReadableSpan['resource'];
  readonly instrumentationScope: ReadableSpan['instrumentationScope'];
  readonly name: string;
  readonly kind: ReadableSpan['kind'];
  readonly parentSpanContext?: SpanContext;
  readonly startTime: [number, number];
  readonly endTime: [number, number];
  readonly duration: [number, number];
  readonly status: ReadableSpan['status'];
  readonly attributes: Attributes;
  readonly ended = true;
  readonly events = nothing;
  readonly links = nothing;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  readonly #context: SpanContext;

  constructor({ resource, instrumentationScope }: Common, span: EndedSpan, engine: string | null) {
    const { operation, place, isClick } = span;
    const { kind, outcome, startedAt, durationMs } = operation;
    const { traceId, spanId, parentSpanId } = place;
    const traceFlags = place.isSampled ? 1 : 0;
    this.resource = resource;
    this.instrumentationScope = instrumentationScope;
    this.name = nameOf(span);
    this.kind = remote.has(kind) && !isClick ? client : internal;
    this.#context = { traceId, spanId, traceFlags };
    if (parentSpanId !== null) this.parentSpanContext = { traceId, spanId: parentSpanId, traceFlags };
    this.startTime = timeOf(startedAt);
    this.endTime = timeOf(startedAt + durationMs);
    this.duration = timeOf(durationMs);
    this.status = { code: !isClick && (outcome === 'error' || outcome === 'timeout') ? failed : unset };
    this.attributes = attributesOf(span, engine);
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}

function nameOf({ operation: { kind, name }, isClick }: EndedSpan): string {
  if (isClick) return `click ${name}`;
  return name === kind ? kind : `${kind} ${name}`;
}

function attributesOf({ operation, isClick }: EndedSpan, engine: string | null): Attributes {
  const { kind, sourceId, outcome, code, rowCount } = operation;
  const attributes: Attributes = {
    'mooring.operation': isClick ? 'click' : kind,
    'mooring.outcome': outcome,
  };
  if (isClick) return attributes;
  if (sourceId !== null) attributes['mooring.source'] = sourceId;
  if (engine !== null) attributes['mooring.engine'] = engine;
  if (code !== null) attributes['error.type'] = code;
  if (rowCount !== null) attributes['db.response.returned_rows'] = rowCount;
  return attributes;
}

/** Seconds and nanoseconds. */
function timeOf(ms: number): [number, number] {
  const microseconds = Math.round(ms * 1_000);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1_000];
}
