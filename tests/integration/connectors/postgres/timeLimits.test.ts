import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { AppError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { FakeClock } from '../../../support/FakeClock.ts';
import { failureOf } from '../../../support/failureOf.ts';
import * as fake from '../../../support/fakePostgres.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const shared = inject('postgres');
const quiet = { signal: neverAborted };
let server: fake.FakePostgres | null = null;

afterEach(async () => {
  await server?.dispose();
  server = null;
});

const closedReason = (session: SqlConnection) =>
  new Promise<AppError | null>((resolve) => {
    session.onClosed(resolve);
  });

const inTransaction = fake.message('Z', Buffer.from('T'));

/** Answers every statement as if it was a BEGIN. */
async function alwaysInTransaction(peer: fake.FakePeer): Promise<void> {
  await peer.untilStartup();
  peer.send(fake.welcome);
  let seen = peer.received.length;
  while (!peer.socket.destroyed) {
    await peer.untilReceived(seen + 1);
    seen = peer.received.length;
    peer.send(fake.parsedAndBound, fake.commandComplete('BEGIN'), inTransaction);
  }
}

describe('a transaction that is left open', () => {
  it('is ended by the server, and told in plain words', async () => {
    const timeouts = { ...defaultTimeoutSettings, idleInTransactionMs: 1_000 };
    const session = await openSession(fieldsFor(shared, { timeouts }), { password: shared.password });
    const closed = closedReason(session);
    await session.query({ text: 'BEGIN' }, quiet);
    const reason = await closed;
    expect(reason).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '25P03', retryable: true });
    expect(reason?.message).toContain('idle for too long');
    const next = await failureOf(session.query({ text: 'SELECT 1' }, quiet));
    expect(next).toMatchObject({ code: 'CONNECTION_LOST', message: reason?.message });
  });

  it('is ended by us where no server does, counted from its last statement', async () => {
    server = await fake.FakePostgres.start(alwaysInTransaction);
    const clock = new FakeClock();
    const session = await openSession(fieldsFor(server), { connector: new PostgresConnector(clock) });
    const closed = closedReason(session);
    await session.query({ text: 'BEGIN' }, quiet);
    await clock.advance(60_000);
    await session.query({ text: 'BEGIN' }, quiet);
    await clock.advance(64_999);
    expect(session.isUsable).toBe(true);
    await clock.advance(1);
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST', driverCode: null });
    await vi.waitFor(() => expect(server?.peers[0]?.socket.destroyed).toBe(true));
    expect(clock.pendingCount).toBe(0);
  });
});

/** A pooler that refuses this parameter of the startup message, and lets in who does not send it. */
async function poolerWithout(parameter: string): Promise<fake.FakePostgres> {
  server = await fake.FakePostgres.start(async (peer) => {
    await peer.untilStartup();
    const isRefused = peer.received.includes(`\0${parameter}\0`);
    peer.send(
      isRefused ? fake.errorResponse('08P01', `unsupported startup parameter: ${parameter}`) : fake.welcome,
    );
    if (isRefused) peer.socket.end();
  });
  return server;
}

describe('a pooler that refuses our settings', () => {
  it.each(['statement_timeout', 'idle_in_transaction_session_timeout', 'IntervalStyle', 'bytea_output'])(
    'such as %s is asked again with what it knows, and we keep the time limits ourselves',
    async (parameter) => {
      const told: Stage[] = [];
      const to = await poolerWithout(parameter);
      const session = await openSession(fieldsFor(to), { onStage: (stage) => told.push(stage) });
      expect(session.isUsable).toBe(true);
      session.destroy();
      expect(told.at(-1)).toMatchObject({ name: 'database', outcome: 'ok' });
      expect(told.at(-1)?.note).toContain('time limits enforced by Mooring only');
      expect(to.peers[1]?.received.includes('timeout')).toBe(false);
      expect(to.peers[1]?.received.includes('\0DateStyle\0')).toBe(true);
      expect(to.peers[1]?.received.includes('bytea_output')).toBe(false);
    },
  );

  it('is given each statement of a read-only data source in a read-only transaction', async () => {
    const to = await poolerWithout('default_transaction_read_only');
    const session = await openSession(fieldsFor(to, { readOnly: true }));
    const running = failureOf(session.query({ text: 'INSERT INTO t VALUES (1)' }, quiet));
    const [last] = to.peers.slice(-1);
    await vi.waitFor(() => expect(last?.received.includes('COMMIT')).toBe(true));
    const sent = last?.received.toString('latin1') ?? '';
    expect(sent.indexOf('BEGIN READ ONLY')).toBeLessThan(sent.indexOf('INSERT INTO t'));
    expect(sent).not.toContain('SESSION CHARACTERISTICS');
    session.destroy();
    expect((await running).code).toBe('CONNECTION_LOST');
  });
});
