import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAppError } from '../../src/main/base/AppError.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import type {
  SampledSession,
  ServerActivity,
  ServerSample,
} from '../../src/main/connectors/ServerActivity.ts';
import { failureOf } from '../support/failureOf.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const quiet = { signal: neverAborted };
const schema = 'conformance_activity';
const change = `UPDATE ${schema}.stock SET amount = amount + 1 WHERE id = 1`;

/** What every engine tells of the sessions of a server, and how it ends them. */
export function activityConforms(server: () => ConformanceServer): void {
  let activity: ServerActivity;
  let opened: SqlConnection[] = [];

  const open = async (): Promise<SqlConnection> => {
    const session = await openSession(server());
    opened.push(session);
    return session;
  };
  const say = (session: SqlConnection, text: string) => session.query({ text }, quiet);
  /**
   * Reads samples until one shows what the test waits for. InnoDB renews its view of the transactions
   * only when nobody has read it for 0.1 s: asked more often, it would tell the old one for ever.
   */
  const sampleWith = async (
    asking: SqlConnection,
    shows: (sample: ServerSample) => boolean,
  ): Promise<ServerSample> => {
    const reader = activity.reader(asking);
    return vi.waitFor(
      async () => {
        const sample = await reader.sample(quiet);
        expect(shows(sample)).toBe(true);
        return sample;
      },
      { interval: 150, timeout: 15_000 },
    );
  };
  const stateIs = (of: SqlConnection, state: SampledSession['state']) => (sample: ServerSample) =>
    sessionOf(sample, of)?.state === state;
  /** What was sent before it, such as its time limit, is over. */
  const isAsleep = (of: SqlConnection) => (sample: ServerSample) =>
    stateIs(of, 'active')(sample) && sessionOf(sample, of)?.statement?.text === server().sql.sleep(60);

  beforeAll(async () => {
    activity = activityOf(server());
    await server().execute(server().sql.dropSchema(schema));
    await server().execute(`CREATE SCHEMA ${schema}`);
    await server().execute(`CREATE TABLE ${schema}.stock (id INT PRIMARY KEY, amount INT NOT NULL)`);
    await server().execute(`INSERT INTO ${schema}.stock VALUES (1, 10), (2, 20)`);
    return () => server().execute(server().sql.dropSchema(schema));
  });

  afterEach(() => {
    for (const session of opened) session.destroy();
    opened = [];
  });

  /** One session that has changed a row, and one that waits for it. */
  const blocked = async () => {
    const [asking, holder, waiting] = [await open(), await open(), await open()];
    await say(holder, 'START TRANSACTION');
    await say(holder, change);
    const waits = failureOrDone(say(waiting, change));
    const sample = await sampleWith(
      asking,
      (seen) => seen.lockWaits.length > 0 && stateIs(holder, 'idle-in-transaction')(seen),
    );
    return { asking, holder, waiting, waits, sample };
  };

  describe('a sample', () => {
    it('shows who does what, and which session asks', async () => {
      const [asking, busy, idle] = [await open(), await open(), await open()];
      const sleeping = failureOrDone(say(busy, server().sql.sleep(60)));
      const sample = await sampleWith(asking, isAsleep(busy));
      const found = sessionOf(sample, busy);
      expect(found).toMatchObject({ role: 'client', isAsking: false });
      expect(found?.statement).toMatchObject({ text: server().sql.sleep(60), isCut: false });
      expect(found?.statementMs).toBeGreaterThanOrEqual(0);
      expect(sessionOf(sample, idle)).toMatchObject({ state: 'idle', statementMs: null, waitsFor: null });
      expect(sessionOf(sample, asking)?.isAsking).toBe(true);
      expect(sample.sessions.filter(({ isAsking }) => isAsking)).toHaveLength(1);
      expect(sample.gaps).toEqual([]);
      busy.destroy();
      await sleeping;
    });

    it('tells a transaction that is left open', async () => {
      const [asking, holder] = [await open(), await open()];
      await say(holder, 'START TRANSACTION');
      await say(holder, change);
      const sample = await sampleWith(asking, stateIs(holder, 'idle-in-transaction'));
      expect(sessionOf(sample, holder)?.transactionMs).toBeGreaterThanOrEqual(0);
    });

    it('has counters that grow, and a size', async () => {
      const [asking, other] = [await open(), await open()];
      const reader = activity.reader(asking);
      const before = await reader.sample(quiet);
      const transactionsIn = ({ counters }: ServerSample) =>
        'value' in counters.transactions ? counters.transactions.value : null;
      await say(other, 'START TRANSACTION');
      await say(other, change);
      await say(other, 'COMMIT');
      await vi.waitFor(
        async () => {
          const after = await reader.sample(quiet);
          expect(transactionsIn(after)).toBeGreaterThan(transactionsIn(before) ?? Number.POSITIVE_INFINITY);
        },
        { interval: 150, timeout: 15_000 },
      );
      expect(before.maxConnections).toBeGreaterThan(1);
      expect(before.connections).toEqual({ value: expect.any(Number) });
      expect(before.counters.cacheHits).toEqual({ value: expect.any(Number) });
      expect(before.replicationLagMs).toEqual({ gap: { reason: 'not-replicated', right: null } });
      expect(await reader.measureSize(quiet)).toEqual({ value: expect.any(Number) });
    });

    it('tells who waits for whom, and for what', async () => {
      const { holder, waiting, sample } = await blocked();
      const [wait] = sample.lockWaits;
      expect(wait).toMatchObject({
        waitingId: sessionOf(sample, waiting)?.id,
        holderId: sessionOf(sample, holder)?.id,
      });
      expect(wait?.lock).toMatchObject({ kind: 'row', object: `${schema}.stock` });
      expect(sessionOf(sample, waiting)?.state).toBe('waiting');
      expect(sessionOf(sample, holder)?.state).toBe('idle-in-transaction');
    });
  });

  describe('a cancel', () => {
    it('ends the statement, and the session goes on', async () => {
      const { asking, waiting, waits, sample } = await blocked();
      const seen = sessionOf(sample, waiting);
      const target = { sessionId: seen?.id ?? '', statementId: seen?.statement?.id ?? null };
      expect(await activity.cancel(asking, target, quiet)).toBe('sent');
      expect(await waits).toBe('QUERY_CANCELLED');
      expect((await say(waiting, 'SELECT 1')).rows).toEqual([['1']]);
    });

    it('leaves another statement than the one that was seen alone', async () => {
      const [asking, busy] = [await open(), await open()];
      const first = failureOrDone(say(busy, server().sql.sleep(60)));
      const seen = sessionOf(await sampleWith(asking, isAsleep(busy)), busy);
      const target = { sessionId: seen?.id ?? '', statementId: seen?.statement?.id ?? null };
      expect(await activity.cancel(asking, target, quiet)).toBe('sent');
      await first;
      const second = failureOrDone(say(busy, server().sql.sleep(60)));
      await sampleWith(asking, isAsleep(busy));
      expect(await activity.cancel(asking, target, quiet)).toBe('over');
      expect(sessionOf(await activity.reader(asking).sample(quiet), busy)?.state).toBe('active');
      busy.destroy();
      await second;
    });
  });

  describe('a terminate', () => {
    it('ends the session that is in the way, and lets the other one go on', async () => {
      const { asking, holder, waiting, waits, sample } = await blocked();
      const ended = new Promise((resolve) => holder.onClosed(resolve));
      const target = { sessionId: sessionOf(sample, holder)?.id ?? '', statementId: null };
      expect(await activity.terminate(asking, target, quiet)).toBe('sent');
      expect(await ended).toMatchObject({ code: 'CONNECTION_LOST' });
      expect(await waits).toBe('done');
      const isFree = stateIs(waiting, 'idle');
      // InnoDB tells of locks and transactions what it knew up to a tenth of a second ago.
      await sampleWith(asking, (after) => after.lockWaits.length === 0 && isFree(after));
      expect(await activity.terminate(asking, target, quiet)).toBe('gone');
    });

    it('is refused for what is no session', async () => {
      const target = { sessionId: '1; DROP TABLE x', statementId: null };
      expect((await failureOf(activity.terminate(await open(), target, quiet))).code).toBe('INVALID_INPUT');
    });
  });
}

function activityOf({ engine }: ConformanceServer): ServerActivity {
  const { activity } = new ConnectionFactory(systemClock).connectorFor(engine.kind);
  if (activity === null) throw new Error('This engine shows no sessions');
  return activity;
}

const sessionOf = ({ sessions }: ServerSample, { backendId }: SqlConnection): SampledSession | undefined =>
  sessions.find(({ number }) => number === backendId);

/** `done`, or the code of the failure; heard from the beginning, however long the test does something else. */
function failureOrDone(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (isAppError(error) ? error.code : 'unknown'),
  );
}
