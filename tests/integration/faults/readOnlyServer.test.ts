import { afterAll, beforeAll, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { mariadbEngine } from '../../support/faults/mariadbEngine.ts';

const { accounts, sessionId } = mariadbEngine.words;
let server: OwnServer;
let source: ManagerUnderTest;

beforeAll(async () => {
  server = await mariadbEngine.start({ sql: () => [accounts.create('analyst', 'analyst')] });
  source = new ManagerUnderTest(server, {
    ...{ engine: mariadbEngine, password: 'analyst', fields: { user: 'analyst' } },
    pool: { min: 1, max: 1 },
  });
});

afterAll(async () => {
  await source.dispose();
  await server.dispose();
});

it('a MariaDB that becomes read-only refuses to write, the connection is kept, and writes when it may again (row 24)', async () => {
  const { administrator } = server;
  const marks = await administrator.createMarks();
  await administrator.query(accounts.grantInsert(marks.table, 'analyst'));
  const session = await source.run(sessionId);
  await administrator.query('SET GLOBAL read_only = ON');
  const failure = await failureOf(source.run(marks.sql('refused')));
  expect(failure).toMatchObject({ code: 'READ_ONLY', driverCode: '1290 (HY000)' });
  await administrator.query('SET GLOBAL read_only = OFF');
  await source.run(marks.sql('written'));
  expect(await source.run(sessionId)).toEqual(session);
  expect(source.statuses).toEqual(['connecting', 'ready']);
  expect(await marks.counts()).toEqual({ written: 1 });
});
