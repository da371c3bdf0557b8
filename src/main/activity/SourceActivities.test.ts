import { describe, expect, it, onTestFinished } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../tests/support/FakeConnection.ts';
import { failureOf } from '../../../tests/support/failureOf.ts';
import { someSession } from '../../../tests/support/someActivity.ts';
import type { ActivityBatch } from '../../shared/model/serverActivity.ts';
import { AppError } from '../base/AppError.ts';
import type { QueryOptions } from '../connectors/Connection.ts';
import type { SampledSession, ServerActivity, ServerSample } from '../connectors/ServerActivity.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import { SourceActivities } from './SourceActivities.ts';

const gap = { gap: { reason: 'refused', right: null } } as const;
const sampled = (number: number, isAsking: boolean): SampledSession => {
  const { owner: _, ...session } = someSession(number);
  return { ...session, isAsking };
};
const sample: ServerSample = {
  sessions: [sampled(1, true), sampled(2, false), sampled(3, false)],
  lockWaits: [],
  counters: { transactions: gap, statements: gap, cacheHits: gap, cacheMisses: gap },
  connections: { value: 3 },
  maxConnections: 100,
  replicationLagMs: gap,
  gaps: [],
};

const full = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });

/** A server whose answers take as long as the test says, on the test's clock. */
function setUp({ readOnly = false, isFull = false } = {}) {
  const clock = new FakeClock();
  const dataSource = someDataSource({ readOnly });
  const opened: FakeConnection[] = [];
  const server = {
    takesMs: 10,
    sampleCount: 0,
    ended: [] as string[],
    recall: () => {},
    releaseCount: 0,
    failWith: null as AppError | null,
  };
  const answer = ({ signal }: QueryOptions) =>
    new Promise<ServerSample>((resolve, reject) => {
      server.sampleCount += 1;
      signal.addEventListener('abort', () => reject(signal.reason));
      clock.after(server.takesMs, () => {
        if (server.failWith === null) resolve(sample);
        else reject(server.failWith);
        server.failWith = null;
      });
    });
  const activity: ServerActivity = {
    reader: () => ({ sample: answer, measureSize: async () => ({ value: 1 }) }),
    cancel: async () => 'sent',
    terminate: async (_, { sessionId }) => {
      server.ended.push(sessionId);
      return 'sent';
    },
  };
  const open = (): FakeConnection => {
    const connection = new FakeConnection();
    opened.push(connection);
    return connection;
  };
  const manager = {
    openBeside: async () => {
      if (isFull) throw full;
      return open();
    },
    acquire: async () => ({
      connection: open(),
      pin: (onRecall: () => void) => {
        server.recall = onRecall;
      },
      release: () => {
        server.releaseCount += 1;
      },
    }),
    connectorFor: () => ({ activity }),
    backendIds: () => new Set([2]),
  } as unknown as ConnectionManager;
  const activities = new SourceActivities({ manager, dataSources: { find: () => dataSource }, clock });
  const watch = () => {
    const controller = new AbortController();
    const batches: ActivityBatch[] = [];
    const over = (async () => {
      for await (const batch of activities.watch(dataSource.id, controller.signal)) batches.push(batch);
    })().catch(() => undefined);
    const stop = async () => {
      controller.abort();
      await over;
    };
    onTestFinished(stop);
    return { batches, stop };
  };
  const target = (sessionId: string) => ({ id: dataSource.id, sessionId, statementId: null });
  const signal = new AbortController().signal;
  return { activities, clock, id: dataSource.id, opened, server, signal, target, watch };
}

describe('watching the sessions of a server', () => {
  it('takes a sample at once and then every two seconds, over one connection', async () => {
    const { clock, opened, watch } = setUp();
    const { batches } = watch();
    await clock.advance(10);
    expect(batches).toHaveLength(1);
    await clock.advance(2_010);
    await clock.advance(2_010);
    expect(batches).toHaveLength(3);
    expect(opened).toHaveLength(1);
  });

  it('says whose the sessions are, and what the sample cost', async () => {
    const { clock, watch } = setUp();
    const { batches } = watch();
    await clock.advance(10);
    const [batch] = batches;
    if (batch?.type !== 'sample') throw new Error('No sample came');
    expect(batch.sample.sessions.map(({ owner }) => owner)).toEqual(['sampling', 'mooring', 'other']);
    expect(batch.sample.cost).toEqual({ tookMs: 10, nextInMs: 2_000, isFromPool: false });
  });

  it('looks more seldom when looking takes long, so that it takes a twentieth of the time at most', async () => {
    const { clock, server, watch } = setUp();
    server.takesMs = 500;
    const { batches } = watch();
    await clock.advance(500);
    expect(batches[0]).toMatchObject({ sample: { cost: { tookMs: 500, nextInMs: 10_000 } } });
    await clock.advance(9_999);
    expect(server.sampleCount).toBe(1);
    await clock.advance(1);
    expect(server.sampleCount).toBe(2);
  });

  it('gives a sample up after four seconds, says so, and asks again a minute later', async () => {
    const { clock, server, watch } = setUp();
    server.takesMs = 60_000;
    const { batches } = watch();
    await clock.advance(4_000);
    expect(batches).toEqual([{ type: 'late', afterMs: 4_000, nextInMs: 60_000 }]);
    server.takesMs = 10;
    await clock.advance(60_010);
    expect(batches[1]).toMatchObject({ type: 'sample' });
  });

  it('asks nothing any more when nobody watches, and closes its connection ten seconds later', async () => {
    const { clock, opened, server, watch } = setUp();
    const { stop } = watch();
    await clock.advance(10);
    await stop();
    await clock.advance(9_000);
    expect(opened[0]?.isClosedPolitely).toBe(false);
    await clock.advance(1_000);
    expect(opened[0]?.isClosedPolitely).toBe(true);
    expect(server.sampleCount).toBe(1);
    expect(clock.pendingCount).toBe(0);
  });

  it('keeps its connection for whoever looks again soon', async () => {
    const { clock, opened, watch } = setUp();
    const { stop } = watch();
    await clock.advance(10);
    await stop();
    await clock.advance(5_000);
    watch();
    await clock.advance(30_000);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.isClosedPolitely).toBe(false);
  });

  it('opens another connection when it has lost the one it had', async () => {
    const { clock, opened, watch } = setUp();
    const { batches } = watch();
    await clock.advance(10);
    opened[0]?.lose();
    await clock.advance(2_010);
    expect(opened).toHaveLength(2);
    expect(batches).toHaveLength(2);
  });

  it('goes on with another connection when somebody ends the session that it reads with', async () => {
    const { clock, opened, server, watch } = setUp();
    const { batches } = watch();
    await clock.advance(10);
    server.failWith = new AppError('CONNECTION_LOST', { title: 'ended' });
    await clock.advance(2_000);
    opened[0]?.lose();
    await clock.advance(20);
    expect(batches).toHaveLength(2);
    expect(opened).toHaveLength(2);
  });

  it('keeps one of the pool where the server grants no other, until somebody waits for that', async () => {
    const { clock, server, watch } = setUp({ isFull: true });
    const { batches } = watch();
    await clock.advance(10);
    expect(batches[0]).toMatchObject({ sample: { cost: { isFromPool: true } } });
    expect(server.releaseCount).toBe(0);
    server.recall();
    expect(server.releaseCount).toBe(1);
  });

  it('gives one of the pool back after the sample when it is wanted meanwhile', async () => {
    const { clock, server, watch } = setUp({ isFull: true });
    watch();
    await settle();
    server.recall();
    expect(server.releaseCount).toBe(0);
    await clock.advance(10);
    expect(server.releaseCount).toBe(1);
  });
});

describe('how much of a server is used', () => {
  it('is asked over the connection of those who watch, or over one that is closed again', async () => {
    const { activities, clock, id, opened, server, signal, watch } = setUp();
    const ask = async () => {
      const asked = activities.serverUse(id, signal);
      await clock.advance(10);
      return asked;
    };
    expect(await ask()).toEqual({ connectionCount: 3, maxConnections: 100, replicationLagMs: null });
    expect(server.sampleCount).toBe(1);
    await clock.advance(10_000);
    expect(opened[0]?.isUsable).toBe(false);
    watch();
    await clock.advance(20);
    await ask();
    expect(opened).toHaveLength(2);
  });
});

describe('ending a session', () => {
  it('asks the server for it', async () => {
    const { activities, server, signal, target } = setUp();
    expect(await activities.terminate(target('3.1'), signal)).toBe('sent');
    expect(server.ended).toEqual(['3.1']);
  });

  it('is refused for the session with which Mooring looks', async () => {
    const { activities, clock, server, signal, target, watch } = setUp();
    watch();
    await clock.advance(10);
    expect((await failureOf(activities.terminate(target('1.1'), signal))).code).toBe('INVALID_INPUT');
    expect(server.ended).toEqual([]);
  });

  it('is refused on a data source that is read-only', async () => {
    const { activities, opened, signal, target } = setUp({ readOnly: true });
    expect((await failureOf(activities.terminate(target('3.1'), signal))).code).toBe('READ_ONLY');
    expect((await failureOf(activities.cancel(target('3.1'), signal))).code).toBe('READ_ONLY');
    expect(opened).toEqual([]);
  });
});
