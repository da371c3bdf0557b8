import { afterEach, describe, expect, it } from 'vitest';
import { isAppError } from '../../src/main/base/AppError.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireDialect } from '../../src/main/connectors/speaksSql.ts';
import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import type { Stage } from '../../src/shared/model/testReport.ts';
import { failureOf } from '../support/failureOf.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const quiet = { signal: neverAborted };

/** What every engine does with sessions: opening, losing and closing them. */
export function sessionsConform(server: () => ConformanceServer): void {
  const opened: SqlConnection[] = [];
  const open = async (options: Parameters<typeof openSession>[1] = {}) => {
    const session = await openSession(server(), options);
    opened.push(session);
    return session;
  };

  afterEach(() => {
    for (const session of opened.splice(0)) session.destroy();
  });

  describe('a connect', () => {
    it('reports its stages in the order in which the connector names them', async () => {
      const begun: string[] = [];
      const onStage = (stage: Stage) => {
        if (!begun.includes(stage.name)) begun.push(stage.name);
      };
      await open({ onStage });
      const { stages } = new ConnectionFactory(systemClock).connectorFor(server().engine.kind);
      expect(begun).toEqual(stages.filter((name) => begun.includes(name)));
      expect(begun).toContain('auth');
    });

    const failureAt = (engine: EngineSettings, password?: string) =>
      failureOf(open({ engine, ...(password === undefined ? {} : { password }) }));

    it('says which of its parts is wrong, and whether waiting can help', async () => {
      const { wrong, engine } = server();
      expect(await failureAt(wrong.host)).toMatchObject({ code: 'HOST_NOT_FOUND', retryable: false });
      expect(await failureAt(wrong.port)).toMatchObject({ code: 'CONNECTION_REFUSED', retryable: true });
      expect(await failureAt(wrong.user)).toMatchObject({ code: 'AUTH_FAILED', retryable: false });
      expect(await failureAt(wrong.database)).toMatchObject({ code: 'DATABASE_NOT_FOUND', retryable: false });
      expect(await failureAt(engine, 'not the password')).toMatchObject({
        code: 'AUTH_FAILED',
        retryable: false,
      });
    });

    it('never repeats the password in an error', async () => {
      const secret = 'not-the-password-4711';
      const failure = await failureAt(server().engine, secret);
      expect(JSON.stringify([failure.message, failure.detail, failure.causes, failure.fixes])).not.toContain(
        secret,
      );
    });

    it('ends at once when it is given up', async () => {
      const controller = new AbortController();
      const onStage = ({ name }: Stage) => {
        if (name === 'auth') controller.abort();
      };
      const connecting = open({ signal: controller.signal, onStage });
      expect((await failureOf(connecting)).code).toBe('CANCELLED');
    });
  });

  describe('a session', () => {
    it('says once that it was ended from outside, and is not usable from then on', async () => {
      const session = await open();
      const ended = new Promise((resolve) => session.onClosed(resolve));
      await server().endSession(session.backendId ?? 0);
      const reason = await ended;
      expect(isAppError(reason) && reason.code).toBe('CONNECTION_LOST');
      expect(session.isUsable).toBe(false);
      await failureOf(session.query({ text: 'SELECT 1' }, quiet));
    });

    it('fails what runs on it when it is ended from outside', async () => {
      const session = await open();
      const sleeping = session.query({ text: server().sql.sleep(60) }, quiet);
      const failing = failureOf(sleeping);
      await server().endSession(session.backendId ?? 0);
      expect((await failing).code).toBe('CONNECTION_LOST');
    });

    it('does not wait for ever for a server that stopped answering', async () => {
      const session = await open();
      const backendId = session.backendId ?? 0;
      await server().pause(backendId);
      try {
        // The signal that stops it may arrive after a ping or two.
        const pingOn = async () => {
          for (;;) await session.ping({ ...quiet, timeoutMs: 500 });
        };
        const { code } = await failureOf(pingOn());
        expect(code).toBe('CONNECTION_LOST');
        expect(session.isUsable).toBe(false);
      } finally {
        await server().resume(backendId);
      }
    });

    it('closes in order, without a reason, any number of times', async () => {
      const session = await open();
      const reasons: unknown[] = [];
      session.onClosed((reason) => reasons.push(reason));
      await Promise.all([session.close(), session.close()]);
      await session.close();
      expect(reasons).toEqual([null]);
    });
  });

  describe('a transaction in the words of the dialect', () => {
    const dialect = () =>
      requireDialect(new ConnectionFactory(systemClock).connectorFor(server().engine.kind));

    it('is undone by a rollback, and back to a savepoint', async () => {
      const session = await open();
      const { transactions } = dialect();
      const say = (text: string) => session.query({ text }, quiet);
      await server().execute(server().sql.dropSchema('conformance_tx'));
      await server().execute('CREATE SCHEMA conformance_tx');
      await server().execute('CREATE TABLE conformance_tx.t (id INT PRIMARY KEY)');
      const idsNow = async () => (await say('SELECT id FROM conformance_tx.t ORDER BY id')).rows.flat();
      for (const text of transactions.begin({ readOnly: false, isolation: 'repeatable read' }))
        await say(text);
      expect(session.isInTransaction).toBe(true);
      await say('INSERT INTO conformance_tx.t VALUES (1)');
      await say(transactions.savepoint('mooring_1'));
      await say('INSERT INTO conformance_tx.t VALUES (2)');
      await say(transactions.rollbackTo('mooring_1'));
      await say(transactions.release('mooring_1'));
      expect(await idsNow()).toEqual(['1']);
      await say(transactions.rollback);
      expect(session.isInTransaction).toBe(false);
      expect(await idsNow()).toEqual([]);
      await server().execute(server().sql.dropSchema('conformance_tx'));
    });

    it('refuses to write when it is read-only', async () => {
      const session = await open();
      const { transactions } = dialect();
      await server().execute(server().sql.dropSchema('conformance_tx'));
      await server().execute('CREATE SCHEMA conformance_tx');
      await server().execute('CREATE TABLE conformance_tx.t (id INT PRIMARY KEY)');
      for (const text of transactions.begin({ readOnly: true, isolation: null })) {
        await session.query({ text }, quiet);
      }
      const writing = session.query({ text: 'INSERT INTO conformance_tx.t VALUES (1)' }, quiet);
      expect((await failureOf(writing)).code).toBe('READ_ONLY');
      session.destroy();
      await server().execute(server().sql.dropSchema('conformance_tx'));
    });
  });
}
