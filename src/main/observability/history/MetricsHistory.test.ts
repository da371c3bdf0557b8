import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { someFigures } from '../../../../tests/support/someFigures.ts';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import { TestSigner } from '../../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../../tests/support/testStore.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { AppError } from '../../base/AppError.ts';
import type { Statement } from '../../store/Database.ts';
import { SqliteDataSourceRepository } from '../../store/SqliteDataSourceRepository.ts';
import { SqliteMetricsRepository } from '../../store/SqliteMetricsRepository.ts';
import { silentLogger } from '../Logger.ts';
import { toBytes } from './intervalBytes.ts';
import { MetricsHistory } from './MetricsHistory.ts';
import type { MetricsBatch } from './MetricsRepository.ts';
import { keptResolutions } from './resolutions.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const source = someDataSource();
const { id } = source;
const grewAt = (at: number): ScalingDecision => ({
  ...{ at, reason: 'waiting', from: 2, to: 3 },
  ...{ waitP95Ms: 40, use: 1, arrivalsPerSecond: 9 },
});

/** A clock whose time of day can be set. */
class SettableClock extends FakeClock {
  offsetMs = 0;

  override wallMs(): number {
    return super.wallMs() + this.offsetMs;
  }
}

/** The real store, which can be made to fail, and counts. */
class WatchedRepository extends SqliteMetricsRepository {
  fails = false;
  batches: MetricsBatch[] = [];

  override write(batch: MetricsBatch): void {
    if (this.fails) throw new AppError('DISK_FULL', { title: 'full' });
    this.batches.push(batch);
    super.write(batch);
  }
}

describe('MetricsHistory', () => {
  let clock: SettableClock;
  let repository: WatchedRepository;
  let samples: MetricsSample[];
  let history: MetricsHistory;
  let countRows: Statement;

  const start = () =>
    new MetricsHistory({ repository, samplesOf: () => samples, clock, logger: silentLogger });

  beforeEach(() => {
    clock = new SettableClock();
    const database = openTestStore({ clock });
    new SqliteDataSourceRepository({ database, signer: new TestSigner(), logger: silentLogger }).put(
      source,
      {},
    );
    repository = new WatchedRepository(database);
    countRows = database.prepare('SELECT count(*) AS count FROM metrics_intervals WHERE step_ms = ?');
    samples = [];
    history = start();
  });

  /** Seconds of which each has so many statements. */
  async function measure(secondCount: number, statementCount = 1, decisions: ScalingDecision[] = []) {
    for (let second = 0; second < secondCount; second += 1) {
      await clock.advance(1_000);
      const at = clock.wallMs();
      const statements = { user: statementCount, catalogue: 0, health: 0 };
      samples.push(someSample(at, { statementsPerSecond: statements }));
      history.measured({ id, at, figures: someFigures({ statements }), decisions });
    }
  }
  /** From so long ago until now. */
  const last = (agoMs: number) => {
    const to = clock.wallMs();
    return history.range({ id, from: to - agoMs, to });
  };
  /** The statements per second of each point. */
  const counts = async (agoMs: number) =>
    (await last(agoMs)).points.map((point) => point.statementsPerSecond.user);
  const rowCounts = () =>
    keptResolutions.map(({ stepMs }) => (countRows.get(stepMs) as { count: number }).count);

  it.each([
    [5 * minuteMs, 1_000],
    [5 * minuteMs + 11_000, 10_000],
    [2 * hourMs, 10_000],
    [2 * hourMs + minuteMs, 2 * minuteMs],
    [25 * hourMs, 2 * minuteMs],
    [7 * 24 * hourMs, 15 * minuteMs],
    [1e12, 15 * minuteMs],
  ])('answers a range that began %d ms ago in steps of %d ms', async (agoMs, stepMs) => {
    expect((await last(agoMs)).stepMs).toBe(stepMs);
  });

  it('has the last minutes by the second, from memory', async () => {
    await measure(3);
    const { points, from, to } = await last(2_000);
    expect([points.length, to - from]).toEqual([3, 2_000]);
    expect(points[0]).not.toHaveProperty('pool');
  });

  it('adds seconds up to longer intervals, in memory and on the disk alike', async () => {
    await measure(30, 5);
    expect(await counts(hourMs)).toEqual([5, 5, 5]);
    await measure(30, 11);
    const before = await last(hourMs);
    history.flush();
    expect(await last(hourMs)).toEqual(before);
    expect(before.points.map(({ at }) => at % 10_000)).toEqual(new Array(6).fill(0));
    await measure(5, 8);
    // A running interval ends now.
    expect((await last(hourMs)).points.at(-1)).toMatchObject({
      at: clock.wallMs(),
      statementsPerSecond: { user: 8 },
    });
    expect((await counts(3 * hourMs))[0]).toBeCloseTo((30 * 5 + 30 * 11 + 5 * 8) / 65);
  });

  it('writes once a minute, all data sources in one transaction, and the rest at the end', async () => {
    await measure(59);
    expect(repository.batches).toEqual([]);
    await measure(2);
    expect(repository.batches).toHaveLength(1);
    history.flush();
    history.flush();
    expect(repository.batches).toHaveLength(2);
    expect(rowCounts()).toEqual([7, 1, 1]);
    await clock.advance(hourMs);
    expect(repository.batches).toHaveLength(2);
  });

  it('writes very many data sources in turns, each a small transaction', async () => {
    await measure(1);
    for (let count = 0; count < 400; count += 1) {
      history.measured({ id: randomUUID(), at: clock.wallMs(), figures: someFigures(), decisions: [] });
    }
    await clock.advance(minuteMs);
    const sizes = () => repository.batches.map(({ intervals }) => intervals.length);
    await expect.poll(sizes).toEqual([450, 450, 303]);
  });

  it('goes on in the intervals of the last run', async () => {
    await measure(5, 4);
    history.flush();
    history = start();
    await measure(5, 8);
    expect(await counts(hourMs)).toEqual([6]);
    history.flush();
    history = start();
    expect(await counts(hourMs)).toEqual([6]);
    expect(await counts(20 * hourMs)).toEqual([6]);
  });

  it('has nothing where nothing was measured', async () => {
    await measure(10);
    await clock.advance(10 * minuteMs);
    await measure(10);
    const [first, second, ...others] = (await last(hourMs)).points;
    expect(others).toEqual([]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(10 * minuteMs + 10_000);
  });

  it('loses nothing and has nothing twice when the clock is set back', async () => {
    await measure(60, 5);
    clock.offsetMs = -30_000;
    await measure(60, 7);
    history.flush();
    const rates = await counts(hourMs);
    // The seconds that were measured twice are in one interval, over the time of both.
    expect(rates).toEqual([5, 5, 5, 6, 6, 6, 7, 7, 7]);
    const times = (await last(4 * minuteMs)).points.map(({ at }) => at);
    expect(times).toEqual([...new Set(times)].sort((left, right) => left - right));
    expect(times).toHaveLength(90);
    expect(rowCounts()).toEqual([9, 1, 1]);
  });

  it('shows nothing of a time that has not come, and forgets what a wrong clock wrote', async () => {
    clock.offsetMs = 300 * 24 * hourMs;
    await measure(10);
    history.flush();
    clock.offsetMs = 0;
    samples = [];
    expect((await last(7 * 24 * hourMs)).points).toEqual([]);
    await measure(10);
    history.flush();
    expect(rowCounts()).toEqual([1, 1, 1]);
  });

  it('forgets what is older than its resolution is kept', async () => {
    await measure(10);
    history.flush();
    await clock.advance(3 * hourMs);
    await measure(1);
    history.flush();
    expect(rowCounts()).toEqual([1, 2, 2]);
    await clock.advance(8 * 24 * hourMs);
    await measure(1);
    history.flush();
    expect(rowCounts()).toEqual([1, 1, 1]);
  });

  it('never answers more points than a range may have', async () => {
    const figures = toBytes(someFigures());
    const intervals = keptResolutions.flatMap(({ stepMs }) => {
      const end = Math.floor(clock.wallMs() / stepMs) * stepMs;
      return Array.from({ length: 2_000 }, (_, index) => ({
        id,
        stepMs,
        startAt: end - index * stepMs,
        figures,
      }));
    });
    repository.write({ intervals, events: [], spans: [] });
    for (const agoMs of [5 * minuteMs, 6 * minuteMs, 3 * hourMs, 26 * hourMs, 1e12]) {
      expect((await last(agoMs)).points.length).toBeLessThanOrEqual(1_000);
    }
    for (const { stepMs, keptMs } of keptResolutions) {
      expect((await last(keptMs)).points.length).toBeGreaterThanOrEqual(keptMs / stepMs);
    }
  });

  it('keeps what could not be written, and writes it later', async () => {
    repository.fails = true;
    history.stateChanged(id, 'ready');
    await measure(90, 3, [grewAt(1)]);
    expect(await counts(hourMs)).toEqual(new Array(9).fill(3));
    repository.fails = false;
    await measure(60, 3);
    history = start();
    expect((await counts(hourMs)).slice(0, 12)).toEqual(new Array(12).fill(3));
    expect((await history.range({ id, from: 0, to: clock.wallMs() })).decisions).toHaveLength(90);
  });

  it('writes nothing more once it was stopped, also what failed', async () => {
    await measure(1);
    repository.fails = true;
    history.stop();
    repository.fails = false;
    history.stateChanged(id, 'ready');
    await clock.advance(hourMs);
    expect([repository.batches, clock.pendingCount]).toEqual([[], 0]);
  });

  it('leaves out an interval that was damaged', async () => {
    await measure(30);
    history.flush();
    const to = clock.wallMs();
    const [, damaged] = repository.intervals(id, 10_000, to - hourMs, to);
    if (damaged === undefined) throw new Error('No interval');
    repository.write({ intervals: [{ ...damaged, figures: Uint8Array.of(9) }], events: [], spans: [] });
    expect((await last(hourMs)).points).toHaveLength(2);
  });

  describe('of states and decisions', () => {
    it('has those in the range, and the state in which it begins', async () => {
      history.stateChanged(id, 'connecting');
      history.stateChanged(id, 'ready');
      await measure(61, 1, []);
      const decision = grewAt(clock.wallMs());
      history.measured({ id, at: clock.wallMs(), figures: someFigures(), decisions: [decision] });
      history.stateChanged(id, 'degraded');
      history.stateChanged(id, 'degraded');
      const { states, decisions } = await last(10_000);
      expect(states.map(({ status }) => status)).toEqual(['ready', 'degraded']);
      expect(decisions).toEqual([decision]);
      expect((await last(hourMs)).states.map(({ status }) => status)).toEqual([
        'connecting',
        'ready',
        'degraded',
      ]);
      await clock.advance(minuteMs);
      expect(await last(10_000)).toMatchObject({ states: [{ status: 'degraded' }], decisions: [] });
    });

    it('ends a state that the last run left open where its figures end', async () => {
      history.stateChanged(id, 'ready');
      await measure(70);
      // Killed: nothing more is written.
      repository.fails = true;
      history = start();
      await clock.advance(hourMs);
      repository.fails = false;
      const { states } = await last(2 * hourMs);
      expect(states.map(({ status }) => status)).toEqual(['ready', 'idle']);
      expect((states[1]?.at ?? 0) - (states[0]?.at ?? 0)).toBe(minuteMs);
      history.stateChanged(id, 'connecting');
      history.flush();
      expect((await start().range({ id, from: 0, to: clock.wallMs() })).states).toEqual([
        ...states,
        { at: clock.wallMs(), status: 'connecting' },
        { at: clock.wallMs(), status: 'idle' },
      ]);
    });
  });

  it('is empty of a data source that nobody knows, and of a time before all', async () => {
    await measure(10);
    const empty = { points: [], states: [], decisions: [] };
    expect(await history.range({ id: randomUUID(), from: 0, to: clock.wallMs() })).toMatchObject(empty);
    expect(await history.range({ id, from: -8.64e15, to: 5 })).toMatchObject(empty);
    const to = clock.wallMs();
    expect(await history.range({ id, from: to + hourMs, to: 8.64e15 })).toMatchObject(empty);
  });
});
