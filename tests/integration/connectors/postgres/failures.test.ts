import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { toErrorDto } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { QueryResult, SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { knownFailures } from '../../../../src/main/connectors/postgres/errors/knownFailures.ts';
import { errorDtoSchema } from '../../../../src/shared/errors/errorDto.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { type FailureCase, failureCases, notMade, setUp } from './failureCases.ts';

const server = inject('postgres');
const database = 'failures_of_statements';
let session: SqlConnection;
let other: SqlConnection;

const open = (name: string) =>
  openSession(fieldsFor(server, { database: name }), { password: server.password });
const ask = (at: SqlConnection, text: string): Promise<QueryResult> =>
  at.query({ text }, { signal: neverAborted });
const quietly = async (at: SqlConnection, texts: readonly string[]) => {
  for (const text of texts) await ask(at, text).catch(() => undefined);
};

async function inDatabaseOfAll(text: string): Promise<void> {
  const administrator = await open('postgres');
  await ask(administrator, text);
  await administrator.close();
}

beforeAll(async () => {
  await inDatabaseOfAll(`CREATE DATABASE ${database}`);
  session = await open(database);
  other = await open(database);
  for (const at of [session, other]) await ask(at, 'SET search_path = failures');
  await ask(session, 'CREATE SCHEMA failures');
  for (const text of setUp) await ask(session, text);
});

afterAll(async () => {
  await Promise.all([session.close(), other.close()]);
  await inDatabaseOfAll(`DROP DATABASE ${database} WITH (FORCE)`);
});

/** Back to where every case begins. */
async function tidy(): Promise<void> {
  await quietly(other, ['ROLLBACK']);
  await quietly(session, ['ROLLBACK', 'RESET ROLE', 'DISCARD ALL', 'SET search_path = failures']);
}

async function fail({ before = [], other: others = [], sql }: FailureCase) {
  await quietly(session, before);
  await quietly(other, others);
  const failure = await failureOf(ask(session, sql));
  await tidy();
  return failure;
}

describe('failures of statements', () => {
  it.each(failureCases)('$code is told in its own words ($sql)', async (failureCase) => {
    const { code, names } = failureCase;
    const known = knownFailures.get(code);
    const failure = await fail(failureCase);
    expect(failure).toMatchObject({ driverCode: code, code: known?.code, fixes: known?.fixes });
    expect(failure.detail).not.toBe('');
    if (names === undefined) expect([known?.title, failure.message]).toContain(failure.message);
    else expect(failure.message).toContain(names);
    expect(errorDtoSchema.safeParse(toErrorDto(failure, null)).success).toBe(true);
    expect(session.isUsable).toBe(true);
  });

  it('a deadlock is told to the session that the server chose, which may run again', async () => {
    for (const at of [session, other]) await ask(at, "SET deadlock_timeout = '10ms'");
    for (const at of [session, other]) await ask(at, 'BEGIN');
    const lock = (at: SqlConnection, id: number) =>
      ask(at, `SELECT * FROM items WHERE id = ${id} FOR UPDATE`);
    await lock(session, 1);
    await lock(other, 2);
    const ends = await Promise.allSettled([lock(session, 2), lock(other, 1)]);
    await tidy();
    const [failed] = ends.filter(({ status }) => status === 'rejected');
    expect(failed).toMatchObject({ reason: { driverCode: '40P01', retryable: true } });
  });

  it('are made here, or said why not', () => {
    const made = [...failureCases.map(({ code }) => code), ...Object.keys(notMade)];
    expect([...knownFailures.keys()].sort()).toEqual([...new Set(made)].sort());
    expect(failureCases.length).toBeGreaterThan(60);
  });
});
