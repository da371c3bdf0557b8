import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/main/base/Clock.ts';
import { toBytes } from '../../src/main/observability/history/intervalBytes.ts';
import { MetricsHistory } from '../../src/main/observability/history/MetricsHistory.ts';
import { keptResolutions, seconds } from '../../src/main/observability/history/resolutions.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import type { IntervalFigures } from '../../src/main/observability/MeasuredInterval.ts';
import { MetricsCollector } from '../../src/main/observability/MetricsCollector.ts';
import { PercentileHistogram } from '../../src/main/observability/PercentileHistogram.ts';
import { Database } from '../../src/main/store/Database.ts';
import { SqliteDataSourceRepository } from '../../src/main/store/SqliteDataSourceRepository.ts';
import { SqliteMetricsRepository } from '../../src/main/store/SqliteMetricsRepository.ts';
import { storeFileName } from '../../src/main/store/storeErrors.ts';
import { events } from '../../src/shared/ipc/events.ts';
import type { DataSourceId } from '../../src/shared/model/ids.ts';
import { metricsRangeSchema } from '../../src/shared/model/metricsRange.ts';
import { packPoints } from '../../src/shared/model/packedPoints.ts';
import { someDataSource } from '../support/dataSources.ts';
import { someFigures } from '../support/someFigures.ts';
import { somePoolStats } from '../support/someMetrics.ts';
import { TestSigner } from '../support/TestSigner.ts';
import { type Figure, median, timed } from './figures.ts';

const statementsPerSecond = 50;
const rounds = 200;

/** From tenths of a millisecond to seconds, most of them some milliseconds. */
const someDurationMs = (): number => 3 * Math.exp(3 * (Math.random() + Math.random() - 1));

/** A store of its own with so many data sources. The clock tells the time of day that it is set to. */
function openWith(sourceCount: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  let wallMs = Date.UTC(2026, 0, 1);
  const clock: Clock = { ...systemClock, wallMs: () => wallMs };
  const database = Database.open({ folder, clock, logger });
  const dataSources = new SqliteDataSourceRepository({ database, signer: new TestSigner(), logger });
  const ids = Array.from({ length: sourceCount }, (_, index) => {
    const source = someDataSource({ id: randomUUID(), name: `Source ${index}` });
    dataSources.put(source, {});
    return source.id;
  });
  const repository = new SqliteMetricsRepository(database);
  const metrics = new MetricsCollector(clock);
  const samplesOf = (id: DataSourceId) => metrics.samples(id);
  const history = new MetricsHistory({ repository, samplesOf, clock, logger });
  metrics.onMeasured.on((second) => history.measured(second));
  for (const id of ids) metrics.track(id);
  return {
    ...{ ids, repository, metrics, history, clock },
    advance: (durationMs: number) => {
      wallMs += durationMs;
    },
    /** @returns the megabytes of the closed file */
    close: (): number => {
      history.flush();
      database.close();
      const { size } = statSync(join(folder, storeFileName));
      rmSync(folder, { recursive: true, force: true });
      return size / 1e6;
    },
  };
}

type Opened = ReturnType<typeof openWith>;

/** A second of each data source ends. */
function tick({ ids, metrics, advance }: Opened): void {
  advance(1_000);
  const pool = somePoolStats({ total: 8, inUse: 5, idle: 3 });
  for (const id of ids) metrics.sample(id, pool);
}

/** The second of 100 data sources, from the counters to what the window gets: checked, copied, and added to the history. */
function measureSnapshot(): Figure {
  const opened = openWith(100);
  opened.metrics.onSample.on((sample) => structuredClone(events['metrics.sample'].parse(sample)));
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const id of opened.ids) {
      const measured = opened.metrics.track(id);
      for (let count = 0; count < statementsPerSecond; count += 1) {
        measured.statement(someDurationMs(), 'user', 'ok');
      }
    }
    const startedAt = performance.now();
    tick(opened);
    times.push(performance.now() - startedAt);
  }
  opened.close();
  return {
    name: 'metrics, a second of 100 data sources to the window',
    value: median(times),
    unit: 'ms',
    against: 'promised: under 5 ms',
  };
}

function busyFigures(stepMs: number): IntervalFigures {
  const latency = new PercentileHistogram();
  const wait = new PercentileHistogram();
  const statementCount = (stepMs / 1_000) * 20;
  for (let count = 0; count < statementCount; count += 1) latency.add(someDurationMs());
  for (let count = 0; count < statementCount / 10; count += 1) wait.add(someDurationMs());
  return someFigures({
    measuredMs: stepMs,
    connectionMs: {
      inUse: 5 * stepMs,
      idle: 3 * stepMs,
      pinned: stepMs,
      waiting: stepMs,
      ceiling: 10 * stepMs,
    },
    most: { inUse: 10, waiting: 12 },
    statements: { user: statementCount, catalogue: 9, health: stepMs / 10_000 },
    health: { weightedMs: stepMs * 1.37, measuredMs: stepMs },
    latency,
    wait,
  });
}

/** All that is ever kept of busy data sources, up to now. */
export function fillHistory({ ids, repository, clock }: Pick<Opened, 'ids' | 'repository' | 'clock'>): void {
  for (const { stepMs, keptMs } of keptResolutions) {
    const variants = Array.from({ length: 20 }, () => toBytes(busyFigures(stepMs)));
    const end = Math.floor(clock.wallMs() / stepMs) * stepMs;
    for (let startAt = end - keptMs; startAt <= end; startAt += stepMs) {
      const intervals = ids.map((id, index) => ({
        ...{ id, stepMs, startAt },
        figures: variants[(index + startAt / stepMs) % variants.length] ?? new Uint8Array(),
      }));
      repository.write({ intervals, events: [], spans: [] });
    }
  }
}

/** What reading all that is kept of a length takes, as the window gets it: each data source once, the length that takes longest. */
async function readTimes({ ids, history, clock }: Opened): Promise<{ median: number; longest: number }> {
  const all: number[][] = [];
  for (const { keptMs } of [seconds, ...keptResolutions]) {
    const times: number[] = [];
    for (const id of ids) {
      const to = clock.wallMs();
      const read = async () => {
        const range = await history.range({ id, from: to - keptMs, to });
        return structuredClone(metricsRangeSchema.parse({ ...range, points: packPoints(range.points) }));
      };
      times.push(await timed(read));
    }
    all.push(times);
  }
  return { median: Math.max(...all.map(median)), longest: Math.max(...all.flat()) };
}

/** What a minute of seconds takes to write, and to forget what is too old by then. */
function writeTimes(opened: Opened): number[] {
  return Array.from({ length: 10 }, () => {
    for (let second = 0; second < 60; second += 1) tick(opened);
    const startedAt = performance.now();
    opened.history.flush();
    return performance.now() - startedAt;
  });
}

async function measureHistory(): Promise<Figure[]> {
  const opened = openWith(20);
  fillHistory(opened);
  const read = await readTimes(opened);
  const written = writeTimes(opened);
  const megabytes = opened.close();
  const name = 'metrics, 7 days of 20 data sources';
  return [
    { name: `${name}: file`, value: megabytes, unit: 'MB', against: 'promised: under 50 MB' },
    {
      name: `${name}: reading a range`,
      value: read.median,
      unit: 'ms',
      against: `promised: under 50 ms; longest ${read.longest.toFixed(1)} ms`,
    },
    {
      name: `${name}: writing a minute`,
      value: median(written),
      unit: 'ms',
      against: `promised: under 5 ms; longest ${Math.max(...written).toFixed(1)} ms`,
    },
  ];
}

/** What metrics cost main, and their history the disk. */
export async function measureMetrics(): Promise<readonly Figure[]> {
  return [measureSnapshot(), ...(await measureHistory())];
}
