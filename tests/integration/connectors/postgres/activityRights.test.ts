import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const server = inject('postgres');
const quiet = { signal: neverAborted };
const { activity } = new PostgresConnector(systemClock);
const missingRight = { reason: 'missing-right', right: 'pg_monitor' };

let admin: SqlConnection;
let plain: SqlConnection;

beforeAll(async () => {
  admin = await openSession(fieldsFor(server), { password: server.password });
  await admin.query({ text: "CREATE ROLE onlooker LOGIN PASSWORD 'pw-onlooker'" }, quiet);
  plain = await openSession(fieldsFor({ ...server, user: 'onlooker' }), { password: 'pw-onlooker' });
});

afterAll(async () => {
  await plain?.close();
  await admin?.query({ text: 'DROP ROLE onlooker' }, quiet);
  await admin?.close();
});

const seen = async (of: SqlConnection) => {
  const sample = await activity.reader(plain).sample(quiet);
  return { sample, found: sample.sessions.find(({ number }) => number === of.backendId) };
};

it('a role without pg_monitor is told which right is missing, and sees the rest', async () => {
  const { sample, found } = await seen(admin);
  expect(sample.gaps).toEqual([{ part: 'statements', ...missingRight }]);
  expect(found).toMatchObject({ user: server.user, state: null, statement: null, transactionMs: null });
  expect((await seen(plain)).found).toMatchObject({ state: 'active', isAsking: true });
  expect(sample.counters.transactions).toEqual({ value: expect.any(Number) });
});

it('a role without pg_signal_backend is refused to end sessions of others, with what would help', async () => {
  const { found } = await seen(admin);
  const target = { sessionId: found?.id ?? '', statementId: null };
  const failure = await failureOf(activity.terminate(plain, target, quiet));
  expect(failure).toMatchObject({ code: 'PERMISSION_DENIED' });
  expect(failure.fixes.join(' ')).toContain('pg_signal_backend');
  expect(admin.isUsable).toBe(true);
});
