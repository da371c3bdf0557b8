/**
 * The only file that loads OpenTelemetry, and itself loaded when the first spans are sent. What a span says are words of
 * the code, figures and the opaque id of a data source: never a text, name or address of people or servers.
 */
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { EndedOperation, OperationKind } from '../../../shared/model/operations.ts';
import type { EndedSpan, SpanPlace } from './Traces.ts';

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

/** What another computer takes part in. */
const remote: ReadonlySet<OperationKind> = new Set(['connect', 'stage', 'statement']);

type Common = Pick<ReadableSpan, 'resource' | 'instrumentationScope'>;
type Attributes = ReadableSpan['attributes'];

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
  const readable = spans.map(({ operation, place, isClick }) => {
    const engine = operation.sourceId === null ? null : engineOf(operation.sourceId);
    return isClick ? clickOf(common, operation, place) : spanOf(common, operation, place, engine);
  });
  return JsonTraceSerializer.serializeRequest(readable) ?? new Uint8Array();
}

/** How many spans the collector says it did not take, in an answer that is otherwise a success. */
export function rejectedCountIn(answer: Uint8Array): number {
  const { rejectedSpans } = JsonTraceSerializer.deserializeResponse(answer).partialSuccess ?? {};
  const count = Number(rejectedSpans ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

function spanOf(
  common: Common,
  operation: EndedOperation,
  place: SpanPlace,
  engine: string | null,
): ReadableSpan {
  const { kind, name, sourceId, outcome, code, rowCount } = operation;
  const attributes: Attributes = {
    'mooring.operation': kind,
    'mooring.outcome': outcome,
    ...(sourceId !== null && { 'mooring.source': sourceId }),
    ...(engine !== null && { 'mooring.engine': engine }),
    ...(code !== null && { 'error.type': code }),
    ...(rowCount !== null && { 'db.response.returned_rows': rowCount }),
  };
  return {
    ...timed(common, operation, place),
    name: name === kind ? kind : `${kind} ${name}`,
    kind: remote.has(kind) ? client : internal,
    status: { code: outcome === 'error' || outcome === 'timeout' ? failed : unset },
    attributes,
  };
}

/** The click lasts as long as the call that it began. */
function clickOf(common: Common, operation: EndedOperation, place: SpanPlace): ReadableSpan {
  return {
    ...timed(common, operation, place),
    name: `click ${operation.name}`,
    kind: internal,
    status: { code: unset },
    attributes: { 'mooring.operation': 'click', 'mooring.outcome': operation.outcome },
  };
}

function timed(
  common: Common,
  { startedAt, durationMs }: EndedOperation,
  { traceId, spanId, parentSpanId, isSampled }: SpanPlace,
) {
  const traceFlags = isSampled ? 1 : 0;
  return {
    ...common,
    spanContext: () => ({ traceId, spanId, traceFlags }),
    ...(parentSpanId !== null && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags } }),
    startTime: timeOf(startedAt),
    endTime: timeOf(startedAt + durationMs),
    duration: timeOf(durationMs),
    ended: true,
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
function timeOf(ms: number): [number, number] {
  const microseconds = Math.round(ms * 1_000);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1_000];
}
