import { setImmediate as nextTurn } from 'node:timers/promises';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../src/main/observability/MetricsCollector.ts';
import { encodeSpans } from '../../src/main/observability/tracing/otlpJson.ts';
import type { EndedSpan, TraceRules } from '../../src/main/observability/tracing/Traces.ts';
import { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import { dataSourceIdSchema } from '../../src/shared/model/ids.ts';
import { defaultPoolSettings } from '../../src/shared/model/poolSettings.ts';
import { FakeConnection } from '../support/FakeConnection.ts';
import { type Figure, median } from './figures.ts';
import { everythingMeasured } from './poolContenders.ts';

const loansPerRound = 100_000;
const rounds = 15;

/** acquire and release of a free connection, with nothing behind it: what the pool itself costs. */
export async function measureLending(): Promise<Figure[]> {
  const pool = new ConnectionPool({
    settings: defaultPoolSettings,
    open: () => Promise.resolve(new FakeConnection()),
    clock,
    logger: silentLogger,
    random: Math.random,
    onWaited: () => undefined,
  });
  await pool.warmUp();
  const nanoseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    for (let loan = 0; loan < loansPerRound; loan += 1) (await pool.acquire(neverAborted)).release();
    nanoseconds.push(((performance.now() - startedAt) * 1e6) / loansPerRound);
  }
  await pool.close(0);
  return [
    {
      name: 'pool, acquire and release alone',
      value: median(nanoseconds),
      unit: 'ns',
      against: 'promised: under 1,000 ns when a connection is free',
    },
  ];
}

const statementsPerRound = 50_000;
/** What is recorded is read in turns of its own. */
const statementsPerTurn = 500;
const spansPerBatch = 512;

/** What one statement costs to be measured for metrics, query statistics and operations, with no server behind it. */
export async function measureMetering(): Promise<Figure[]> {
  return [
    {
      name: 'measuring a statement, alone',
      value: await nanosecondsMeasuring(null),
      unit: 'ns',
      against: 'promised: under 3 % of `select 1` through the pool, which takes some 60,000 ns',
    },
    {
      name: 'measuring a statement, traced and marked',
      value: await nanosecondsMeasuring(everythingTraced()),
      unit: 'ns',
      against: 'with its share of writing the spans as OTLP, before they leave the process',
    },
  ];
}

/** @param rules null: tracing is off */
async function nanosecondsMeasuring(rules: TraceRules | null): Promise<number> {
  const id = dataSourceIdSchema.parse('00000000-0000-4000-8000-000000000000');
  const meter = everythingMeasured(id, new MetricsCollector(clock).track(id), rules);
  const statement = { text: 'select 1' };
  const nanoseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    for (let count = 1; count <= statementsPerRound; count += 1) {
      const measured = meter.begin('user', statement);
      measured.marked(statement);
      measured.succeeded(0.06);
      if (count % statementsPerTurn === 0) await nextTurn();
    }
    nanoseconds.push(((performance.now() - startedAt) * 1e6) / statementsPerRound);
  }
  return median(nanoseconds);
}

function everythingTraced(): TraceRules {
  const origin = { version: '0', instanceId: '0', engineOf: () => 'postgres' };
  let batch: EndedSpan[] = [];
  const add = (span: EndedSpan) => {
    batch.push(span);
    if (batch.length < spansPerBatch) return;
    encodeSpans(batch, origin);
    batch = [];
  };
  return { share: 1, inComment: true, inApplicationName: false, sink: { add } };
}
