import { describe, expect, it, onTestFinished } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { someErrorDto } from '../../../tests/support/someErrorDto.ts';
import { histogramOf, someFigures } from '../../../tests/support/someFigures.ts';
import { somePipeline } from '../../../tests/support/somePipeline.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { isPipelineAlert } from '../../shared/model/alertChoices.ts';
import { defaultAlertRules } from '../../shared/model/alertRules.ts';
import type { AlertNotice, AlertRule, AlertStatus } from '../../shared/model/alerts.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import type { ServerUse } from '../activity/ActivityService.ts';
import { AppError } from '../base/AppError.ts';
import { silentLogger } from '../observability/Logger.ts';
import type { Database } from '../store/Database.ts';
import { SqliteAlertRepository } from '../store/SqliteAlertRepository.ts';
import { SqliteDataSourceRepository } from '../store/SqliteDataSourceRepository.ts';
import { SqlitePipelineRepository } from '../store/SqlitePipelineRepository.ts';
import { Alerts } from './Alerts.ts';

const ready: SourceState = { status: 'ready', since: 0 };
const connecting: SourceState = { status: 'connecting', since: 0 };
const idle: SourceState = { status: 'idle' };
const reason = someErrorDto('CONNECTION_REFUSED');
const lost: SourceState = { status: 'reconnecting', attempt: 1, nextAt: 0, reason };
const failed: SourceState = { status: 'failed', since: 0, reason };
const everything = { kind: null, subjectId: null, beforeId: null, limit: 200 } as const;

const pipelineId = crypto.randomUUID();
const minutes = (count: number) => count * 60_000;

const sourcesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => someDataSource({ name: `Source ${at + 1}` }));

interface SetUpOptions {
  readonly clock?: FakeClock;
  readonly database?: Database;
  readonly sources?: readonly DataSource[];
}

/** Alerts over a real store, for data sources that are called `Source 1`, `Source 2` … */
function setUp({
  clock = new FakeClock(),
  database = openTestStore(),
  sources = sourcesOf(1),
}: SetUpOptions = {}) {
  const dataSources = new SqliteDataSourceRepository({
    ...{ database, signer: new TestSigner(), logger: silentLogger },
  });
  for (const source of sources) dataSources.put(source, {});
  if (!database.prepare('SELECT id FROM pipelines').get()) {
    const saved = {
      id: pipelineId,
      revision: 1,
      pipeline: somePipeline({ from: pipelineId, to: pipelineId }),
    };
    new SqlitePipelineRepository(database, silentLogger).put(saved);
  }
  const repository = new SqliteAlertRepository(database);
  const notices: AlertNotice[] = [];
  const told: AlertStatus[] = [];
  const world = { isLocked: false, askedCount: 0, use: null as ServerUse | null };
  const alerts = new Alerts({
    repository,
    keeper: {
      rules: () => repository.rules(),
      put: (rule) => repository.putRule(rule),
      remove: (key) => repository.removeRule(key),
    },
    isListed: (kind, one) => (isPipelineAlert(kind) ? one === pipelineId : dataSources.isListed(one)),
    nameOf: (kind, one) => (isPipelineAlert(kind) ? 'Orders' : (dataSources.find(one)?.name ?? '')),
    serverUseOf: async () => {
      world.askedCount += 1;
      if (world.use === null) throw new AppError('CONNECTION_LOST', { title: 'gone' });
      return world.use;
    },
    notifier: { show: (notice) => notices.push(notice) },
    isLocked: () => world.isLocked,
    clock,
    logger: silentLogger,
  });
  alerts.onStatus.on((status) => told.push(status));
  alerts.start();
  onTestFinished(() => alerts.stop());
  const ids = sources.map(({ id }) => id);
  const [id = ''] = ids;
  const change = (kind: AlertRule['kind'], fields: Partial<AlertRule>) => {
    const rule = defaultAlertRules.find((one) => one.kind === kind);
    if (rule === undefined) throw new Error(`No rule ${kind}`);
    alerts.setRule({ ...rule, ...fields });
  };
  const become = (state: SourceState, which = ids) => {
    for (const one of which) alerts.stateChanged(one, state);
  };
  const firing = () => alerts.status().firing.map(({ kind }) => kind);
  const past = () => alerts.history(everything).alerts;
  const restarted = () => {
    alerts.stop();
    return setUp({ clock, database, sources });
  };
  const titles = () => notices.map(({ title }) => title);
  return {
    ...{ alerts, become, change, clock, firing, id, ids },
    ...{ notices, past, restarted, titles, told, world },
  };
}

describe('a data source that is not reachable', () => {
  it('is an alert after a minute, is told once, and is over when it has been back for 15 s', async () => {
    const { alerts, become, clock, firing, id, notices, past, told } = setUp();
    become(ready);
    become(lost);
    await clock.advance(59_000);
    expect(firing()).toEqual([]);
    await clock.advance(2_000);
    expect(alerts.status()).toMatchObject({
      firing: [{ kind: 'down', subjectId: id, subjectName: 'Source 1', detail: reason.title }],
      firingCount: 1,
      unsnoozedCount: 1,
    });
    expect(told.at(-1)).toEqual(alerts.status());
    await clock.advance(10_000);
    expect(notices).toEqual([
      {
        title: 'Source 1 is not reachable',
        body: 'No connection works.',
        place: { kind: 'down', subjectId: id, subjectName: 'Source 1' },
      },
    ]);
    become(ready);
    await clock.advance(14_000);
    expect(firing()).toEqual(['down']);
    await clock.advance(2_000);
    expect(firing()).toEqual([]);
    expect(past()).toMatchObject([{ kind: 'down', end: 'cleared' }]);
    await clock.advance(600_000);
    expect(notices).toHaveLength(1);
    expect(clock.pendingCount).toBe(1);
  });

  it('counts attempts to connect as time in which it is not', async () => {
    const { become, clock, firing } = setUp();
    become(ready);
    for (const state of [lost, connecting, lost, connecting, lost]) {
      become(state);
      await clock.advance(14_000);
    }
    expect(firing()).toEqual(['down']);
  });

  it('is one alert for as long as it comes and goes', async () => {
    const { become, clock, firing, past } = setUp();
    become(ready);
    become(lost);
    await clock.advance(61_000);
    for (let turn = 0; turn < 20; turn += 1) {
      become(turn % 2 === 0 ? ready : lost);
      await clock.advance(10_000);
    }
    expect(firing()).toEqual(['down']);
    expect(past()).toEqual([]);
  });

  it('is no alert when a person disconnects it, before or after', async () => {
    const { become, clock, firing, past } = setUp();
    become(ready);
    become(idle);
    await clock.advance(120_000);
    become(lost);
    await clock.advance(61_000);
    become(idle);
    expect(firing()).toEqual([]);
    expect(past()).toMatchObject([{ end: 'disconnected' }]);
  });

  it('is no alert when the first connect fails for good: the person is there who asked for it', async () => {
    const { become, clock, firing } = setUp();
    become(connecting);
    become(failed);
    await clock.advance(600_000);
    expect(firing()).toEqual([]);
    become(ready);
    become(failed);
    await clock.advance(61_000);
    expect(firing()).toEqual(['down']);
  });

  it('has no alerts once it is removed', async () => {
    const { alerts, become, clock, firing, id, past } = setUp();
    become(lost);
    await clock.advance(61_000);
    alerts.removed([id]);
    expect(firing()).toEqual([]);
    expect(past()).toMatchObject([{ end: 'removed' }]);
  });
});

describe('a pipeline', () => {
  const well = { failure: null, dueSince: null };

  it('whose run has failed is an alert at once, told once, until the next one succeeds', async () => {
    const { alerts, clock, firing, notices, past } = setUp();
    const failed = { failure: 'The table is gone', dueSince: null };
    alerts.pipelineChanged(pipelineId, failed);
    const place = { kind: 'pipeline-failed', subjectId: pipelineId, subjectName: 'Orders' } as const;
    expect(alerts.status().firing).toMatchObject([{ ...place, detail: 'The table is gone' }]);
    await clock.advance(10_000);
    expect(notices).toMatchObject([{ title: 'The pipeline “Orders” has failed', place }]);
    // The next one waits, begins and fails as well.
    alerts.pipelineChanged(pipelineId, { ...failed, dueSince: clock.wallMs() });
    alerts.pipelineChanged(pipelineId, failed);
    await clock.advance(minutes(60));
    expect(notices).toHaveLength(1);
    alerts.pipelineChanged(pipelineId, well);
    expect(firing()).toEqual([]);
    expect(past()).toMatchObject([{ kind: 'pipeline-failed', end: 'cleared' }]);
  });

  it('whose run nobody begins is late by the threshold of its rule, until somebody does', async () => {
    const { alerts, change, clock, firing } = setUp();
    change('pipeline-late', { threshold: minutes(10) });
    alerts.pipelineChanged(pipelineId, { failure: null, dueSince: clock.wallMs() });
    await clock.advance(minutes(9));
    expect(firing()).toEqual([]);
    await clock.advance(minutes(2));
    expect(firing()).toEqual(['pipeline-late']);
    const late = alerts.status().firing[0];
    expect(late).toMatchObject({ subjectName: 'Orders', threshold: minutes(10) });
    alerts.pipelineChanged(pipelineId, well);
    expect(firing()).toEqual([]);
    await clock.advance(1_000);
    expect(clock.pendingCount).toBe(1);
  });

  it('is not late for the time in which the computer slept, or Mooring was closed', async () => {
    const { alerts, clock, firing } = setUp();
    alerts.pipelineChanged(pipelineId, { failure: null, dueSince: clock.wallMs() - minutes(300) });
    await clock.advance(minutes(14));
    expect(firing()).toEqual([]);
    alerts.suspended();
    await clock.advance(minutes(480));
    alerts.resumed();
    await clock.advance(minutes(14));
    expect(firing()).toEqual([]);
    await clock.advance(minutes(2));
    expect(firing()).toEqual(['pipeline-late']);
  });

  it('can have rules of its own, and no alerts once it is removed', async () => {
    const { alerts, change, clock, firing, id, past } = setUp();
    change('pipeline-failed', { subjectId: pipelineId, enabled: false });
    expect(() => change('pipeline-failed', { subjectId: id })).toThrow(/pipeline no longer exists/);
    alerts.pipelineChanged(pipelineId, { failure: 'refused', dueSince: null });
    expect(firing()).toEqual([]);
    alerts.removeRule({ kind: 'pipeline-failed', subjectId: pipelineId });
    expect(firing()).toEqual(['pipeline-failed']);
    alerts.snooze({ kind: 'pipeline-failed', subjectId: pipelineId, until: 'hour' });
    await clock.advance(1_000);
    expect(alerts.status().unsnoozedCount).toBe(0);
    alerts.pipelineRemoved(pipelineId);
    expect(past()).toMatchObject([{ end: 'removed' }]);
  });
});

describe('sleep', () => {
  it('does not count, and what was pending begins anew after it', async () => {
    const { alerts, become, clock, firing } = setUp();
    become(ready);
    become(lost);
    await clock.advance(50_000);
    alerts.suspended();
    await clock.advance(8 * 3_600_000);
    alerts.resumed();
    await clock.advance(59_000);
    expect(firing()).toEqual([]);
    await clock.advance(3_000);
    expect(firing()).toEqual(['down']);
  });

  it('is no time to ask servers', async () => {
    const { alerts, become, clock, world } = setUp();
    become(ready);
    alerts.suspended();
    await clock.advance(600_000);
    expect(world.askedCount).toBe(0);
  });
});

describe('rules', () => {
  it('of one data source go before those for all, and give way to them when they are removed', async () => {
    const { alerts, become, change, clock, firing, id, ids, past } = setUp({ sources: sourcesOf(2) });
    change('down', { subjectId: id, enabled: false });
    become(lost);
    await clock.advance(61_000);
    expect(alerts.status().firing.map(({ subjectId }) => subjectId)).toEqual([ids[1]]);
    alerts.removeRule({ kind: 'down', subjectId: id });
    await clock.advance(62_000);
    expect(firing()).toEqual(['down', 'down']);
    change('down', { enabled: false });
    expect(firing()).toEqual([]);
    expect(past().map(({ end }) => end)).toEqual(['rule-changed', 'rule-changed']);
  });

  it('for a data source that is not there are refused, and those for all cannot be removed', () => {
    const { alerts, change } = setUp();
    const refused = (work: () => unknown) =>
      expect(work).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    refused(() => change('down', { subjectId: crypto.randomUUID() }));
    refused(() => alerts.removeRule({ kind: 'down', subjectId: null }));
    refused(() => alerts.snooze({ kind: 'down', subjectId: crypto.randomUUID(), until: 'hour' }));
    expect(alerts.rules()).toEqual(defaultAlertRules);
  });

  it('hold after a restart', () => {
    const first = setUp();
    first.change('latency-p95', { enabled: true, threshold: 500 });
    const second = first.restarted();
    expect(second.alerts.rules()).toContainEqual(
      expect.objectContaining({ kind: 'latency-p95', enabled: true, threshold: 500 }),
    );
    expect(second.alerts.rules()).toHaveLength(defaultAlertRules.length);
  });
});

describe('figures', () => {
  it('of the pool are an alert while callers wait and nothing is free, with the most that waited', async () => {
    const { alerts, become, clock, firing, id } = setUp();
    become(ready);
    const second = async (waiting: number) => {
      const connectionMs = { ...someFigures().connectionMs, idle: 0 };
      alerts.measured(id, someFigures({ connectionMs, most: { inUse: 1, waiting } }));
      await clock.advance(1_000);
    };
    for (let turn = 0; turn < 29; turn += 1) await second(2);
    expect(firing()).toEqual([]);
    for (const waiting of [2, 7, 3]) await second(waiting);
    expect(alerts.status().firing).toMatchObject([{ kind: 'pool-exhausted', value: 7 }]);
    for (let turn = 0; turn < 17; turn += 1) await second(0);
    expect(firing()).toEqual([]);
  });

  it('of statements are an alert when their share of errors is too large', async () => {
    const { alerts, become, change, clock, id } = setUp();
    change('error-rate', { enabled: true, forSeconds: 2 });
    become(ready);
    for (let turn = 0; turn < 10; turn += 1) {
      const ofMooring = { catalogue: 0, health: 0 };
      const statements = { user: 10, ...ofMooring };
      alerts.measured(id, someFigures({ statements, errors: { user: 4, ...ofMooring } }));
      await clock.advance(1_000);
    }
    expect(alerts.status().firing).toMatchObject([{ kind: 'error-rate', value: 0.4, threshold: 0.25 }]);
  });

  it('of statements are an alert while one of twenty takes too long', async () => {
    const { alerts, become, change, clock, firing, id } = setUp();
    change('latency-p95', { enabled: true, threshold: 1_000, forSeconds: 2 });
    become(ready);
    const seconds = async (count: number, durationMs: number) => {
      const statements = { user: 10, catalogue: 0, health: 0 };
      for (let second = 0; second < count; second += 1) {
        const latency = histogramOf(...Array.from({ length: 9 }, () => 5), durationMs);
        alerts.measured(id, someFigures({ statements, latency }));
        await clock.advance(1_000);
      }
    };
    await seconds(10, 3_000);
    const value = expect.closeTo(3_000, -2);
    expect(alerts.status().firing).toMatchObject([{ kind: 'latency-p95', value, threshold: 1_000 }]);
    await seconds(60, 5);
    expect(firing()).toEqual([]);
  });

  it('of the server are asked for once a minute, only by rules that need them', async () => {
    const { become, change, clock, world } = setUp();
    world.use = { connectionCount: 95, maxConnections: 100, replicationLagMs: null };
    become(ready);
    await clock.advance(120_000);
    expect(world.askedCount).toBe(0);
    change('server-connections', { enabled: true });
    await clock.advance(60_000);
    expect(world.askedCount).toBe(1);
    await clock.advance(60_000);
    expect(world.askedCount).toBe(2);
    change('server-connections', { enabled: false });
    await clock.advance(120_000);
    expect(world.askedCount).toBe(2);
  });

  it('of a server that is almost full are an alert until they are well below', async () => {
    const { alerts, become, change, clock, firing, id, world } = setUp();
    change('server-connections', { enabled: true });
    const second = async (count = 1) => {
      for (let turn = 0; turn < count; turn += 1) {
        alerts.measured(id, someFigures());
        await clock.advance(1_000);
      }
    };
    world.use = { connectionCount: 95, maxConnections: 100, replicationLagMs: null };
    become(ready);
    await second(125);
    expect(alerts.status().firing).toMatchObject([{ kind: 'server-connections', value: 0.95 }]);
    world.use = { connectionCount: 85, maxConnections: 100, replicationLagMs: null };
    await second(120);
    expect(firing()).toEqual(['server-connections']);
    world.use = null;
    await second(300);
    expect(firing()).toEqual(['server-connections']);
    world.use = { connectionCount: 50, maxConnections: 100, replicationLagMs: null };
    await second(80);
    expect(firing()).toEqual([]);
  });
});

describe('what a person is told', () => {
  it('is one notice when a network goes, and at most one a minute', async () => {
    const { become, clock, ids, notices, titles } = setUp({ sources: sourcesOf(13) });
    become(ready);
    become(lost, ids.slice(0, 12));
    await clock.advance(70_000);
    expect(notices).toEqual([
      {
        title: '12 data sources are not reachable',
        body: 'Source 1, Source 2, Source 3 and 9 more',
        place: null,
      },
    ]);
    become(lost, ids.slice(12));
    await clock.advance(50_000);
    expect(titles()).toHaveLength(1);
    await clock.advance(30_000);
    expect(titles()).toEqual(['12 data sources are not reachable', 'Source 13 is not reachable']);
  });

  it('is nothing of what is over by then, and names nothing while the window is locked', async () => {
    const { become, clock, ids, notices, world } = setUp({ sources: sourcesOf(2) });
    world.isLocked = true;
    become(ready);
    become(lost);
    await clock.advance(62_000);
    become(idle, ids.slice(1));
    await clock.advance(10_000);
    expect(notices).toEqual([
      { title: 'There is a new alert', body: 'Unlock Mooring to see more.', place: null },
    ]);
  });

  it('is nothing where the rule does not say so', async () => {
    const { become, change, clock, firing, notices } = setUp();
    change('down', { notifies: false });
    become(lost);
    await clock.advance(120_000);
    expect(firing()).toEqual(['down']);
    expect(notices).toEqual([]);
  });
});

describe('a snooze', () => {
  it('says nothing for an hour, also when it is over and fires again, and then tells what still fires', async () => {
    const { alerts, become, clock, id, notices, told } = setUp();
    alerts.snooze({ kind: 'down', subjectId: id, until: 'hour' });
    const until = clock.wallMs() + 3_600_000;
    for (let turn = 0; turn < 2; turn += 1) {
      become(lost);
      await clock.advance(90_000);
      become(ready);
      await clock.advance(30_000);
    }
    become(lost);
    await clock.advance(90_000);
    expect(alerts.status()).toMatchObject({ unsnoozedCount: 0, firing: [{ snoozedUntil: until }] });
    expect(notices).toEqual([]);
    await clock.advance(3_600_000);
    expect(told.at(-1)).toMatchObject({ unsnoozedCount: 1, firing: [{ snoozedUntil: null }] });
    expect(notices).toHaveLength(1);
  });

  it('of one that was told tells it again when it has run out', async () => {
    const { alerts, become, clock, id, notices } = setUp();
    become(lost);
    await clock.advance(90_000);
    alerts.snooze({ kind: 'down', subjectId: id, until: 'hour' });
    await clock.advance(3_700_000);
    expect(notices).toHaveLength(2);
  });

  it('until tomorrow ends in the morning, and outlives the app', () => {
    const first = setUp({ clock: new FakeClock(new Date(2026, 0, 31, 23, 30).getTime()) });
    const { id } = first;
    first.alerts.snooze({ kind: 'down', subjectId: id, until: 'tomorrow' });
    const second = first.restarted();
    second.change('down', { forSeconds: 0 });
    second.become(lost);
    expect(second.alerts.status().firing).toMatchObject([
      { snoozedUntil: new Date(2026, 1, 1, 8).getTime() },
    ]);
  });
});

describe('the end of the app', () => {
  it('ends what fires, and nothing is left of it at the next start but the history', async () => {
    const first = setUp();
    first.become(lost);
    await first.clock.advance(61_000);
    const second = first.restarted();
    first.become(idle);
    expect(second.firing()).toEqual([]);
    expect(second.past()).toMatchObject([{ end: 'app-closed' }]);
  });
});
