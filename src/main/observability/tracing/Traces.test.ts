import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { withCorrelation } from '../correlation.ts';
import { Operations } from '../operations/Operations.ts';
import { type EndedSpan, type TraceRules, Traces } from './Traces.ts';

const click = 'b3f0c2de-54f1-4b0f-9b57-3f6f1f7f2c11';
const traceId = 'b3f0c2de54f14b0f9b573f6f1f7f2c11';

let spans: EndedSpan[];
let rules: TraceRules;
let traces: Traces;
let operations: Operations;

beforeEach(() => {
  spans = [];
  rules = { share: 1, inComment: false, inApplicationName: false, sink: { add: (span) => spans.push(span) } };
  traces = new Traces();
  operations = new Operations(new FakeClock(), traces, []);
});

const statement = { kind: 'statement', name: 'user' } as const;
const runCall = (work: () => unknown = () => operations.begin(statement).succeeded()) =>
  withCorrelation(click, () =>
    operations.run({ kind: 'call', name: 'query.saveStatement' }, async () => void work()),
  );

describe('Traces', () => {
  it('make a click the root of its call, and the call of its statement', async () => {
    traces.follow(rules);
    await runCall();
    const [inner, call, root] = spans;
    expect(root).toMatchObject({ isClick: true, place: { traceId, parentSpanId: null } });
    expect(call).toMatchObject({ isClick: false, place: { traceId, parentSpanId: root?.place.spanId } });
    expect(inner).toMatchObject({ place: { traceId, parentSpanId: call?.place.spanId } });
    for (const { place } of spans) expect(place.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(spans.map(({ place }) => place.spanId)).size).toBe(3);
  });

  it('keep what begins anew after the call in the trace of its click', async () => {
    traces.follow(rules);
    await withCorrelation(click, async () => {
      await operations.run({ kind: 'call', name: 'dataSources.connect' }, async () => undefined);
      operations.begin({ kind: 'statement', name: 'health' }).succeeded();
    });
    const root = spans.find(({ isClick }) => isClick);
    expect(spans.at(-1)).toMatchObject({ place: { traceId, parentSpanId: root?.place.spanId } });
    expect(spans.filter(({ isClick }) => isClick)).toHaveLength(1);
  });

  it('give what nobody clicked a trace of its own', () => {
    traces.follow(rules);
    operations.begin(statement).succeeded();
    operations.begin(statement).succeeded();
    const ids = spans.map(({ place }) => place.traceId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(spans.map(({ place }) => place.parentSpanId)).toEqual([null, null]);
  });

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'B3F0C2DE-54F1-4B0F-9B57-3F6F1F7F2C11',
    "b3f0c2de-54f1-4b0f-9b57-3f6f1f7f2c1'*/",
  ])('take no id from the window that is not one made at random: %s', async (id) => {
    traces.follow(rules);
    await withCorrelation(id, () => operations.run({ kind: 'call', name: 'x' }, async () => undefined));
    expect(spans).toHaveLength(1);
    expect(spans[0]?.place.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spans[0]?.place.traceId).not.toBe(id.replaceAll('-', '').toLowerCase());
  });

  it('make nothing while tracing is off, nor for parts of what began while it was', async () => {
    expect(traces.placeOf(null, click)).toBeNull();
    await runCall(() => {
      traces.follow(rules);
      const part = operations.begin(statement);
      expect(part.traceMark).toBeNull();
      part.succeeded();
    });
    expect(spans).toEqual([]);
  });

  it('send the traces of a share, whole or not at all', async () => {
    traces.follow({ ...rules, share: 0.5 });
    for (let count = 0; count < 400; count += 1) {
      await withCorrelation(crypto.randomUUID(), () =>
        operations.run({ kind: 'call', name: 'x' }, async () => operations.begin(statement).succeeded()),
      );
    }
    const traceIds = new Set(spans.map(({ place }) => place.traceId));
    expect(spans).toHaveLength(traceIds.size * 3);
    expect(traceIds.size).toBeGreaterThan(120);
    expect(traceIds.size).toBeLessThan(280);
  });

  it('tell servers nothing unless a person wants it', async () => {
    traces.follow(rules);
    expect(operations.begin(statement).traceMark).toBeNull();
    traces.follow({ ...rules, inComment: true });
    await runCall(() => {
      const { traceMark } = operations.begin(statement);
      expect(traceMark).toMatchObject({ inComment: true, inApplicationName: false });
      expect(traceMark?.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    });
    traces.follow({ ...rules, inComment: true, share: Number.MIN_VALUE });
    await runCall(() => expect(operations.begin(statement).traceMark?.traceparent).toMatch(/-00$/));
  });
});
