import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { MysqlConnector } from '../../../../src/main/connectors/mysql/MysqlConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { JumpingClock } from '../../../support/faults/JumpingClock.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { ask, firstValue, openSession, restOf, type SessionOptions } from './sessionUnderTest.ts';

let cluster: MysqlCluster;
const sessions: SqlConnection[] = [];

async function open({ config, ...options }: SessionOptions = {}): Promise<SqlConnection> {
  const { user, password, socketPath } = cluster;
  const session = await openSession(cluster, {
    password,
    ...options,
    config: { user, socketPath, database: 'shop', ...config },
  });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

afterAll(() => cluster.dispose());

/** Long enough to be interrupted in the middle. */
const manyRows = 'SELECT a.*, b.i AS j FROM numbers a, numbers b';

async function start(product: 'mariadb' | 'mysql'): Promise<void> {
  cluster = await MysqlCluster.start({
    product,
    sql: [
      'CREATE DATABASE shop',
      'CREATE TABLE shop.numbers (i INT PRIMARY KEY, note VARCHAR(60))',
      `INSERT INTO shop.numbers SELECT c.n * 100 + b.n * 10 + a.n, REPEAT('x', 60)
         FROM (${digits}) a, (${digits}) b, (${digits}) c`,
      'CREATE TABLE shop.notes (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(20) UNIQUE)',
    ],
  });
}

const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS n`).join(' UNION ');

function bothProducts(): void {
  it('streams rows in batches, and waits while nobody takes them', async () => {
    const session = await open();
    const stream = await session.run({ text: manyRows }, { signal: neverAborted });
    expect(await stream.next(3)).toHaveLength(3);
    let count = 3;
    for (let rows = await stream.next(10_000); rows.length > 0; rows = await stream.next(10_000))
      count += rows.length;
    expect(count).toBe(1_000_000);
    expect(session.isBusy).toBe(false);
  });

  it('cancels what was not read of a stream, and can be used again', async () => {
    const session = await open();
    for (const maxRows of [1, 5_000]) {
      const stream = await session.run({ text: manyRows }, { signal: neverAborted });
      await stream.next(maxRows);
      await stream.close();
      await stream.close();
      expect(session.isBusy).toBe(false);
      expect(await firstValue(session, 'SELECT 7')).toBe('7');
    }
  });

  it('ends a stream whose signal aborts', async () => {
    const session = await open();
    const cancel = new AbortController();
    const stream = await session.run({ text: manyRows }, { signal: cancel.signal });
    await stream.next(10);
    cancel.abort();
    expect((await failureOf(stream.next(10))).code).toBe('QUERY_CANCELLED');
    await stream.close();
    expect(await firstValue(session, 'SELECT 8')).toBe('8');
  });

  it('gives the rows before an error, then the error', async () => {
    const session = await open();
    const text = 'SELECT i, IF(i < 5, 1, (SELECT 1 UNION SELECT 2)) FROM numbers ORDER BY i';
    const read = session.run({ text }, { signal: neverAborted }).then(async (stream) => restOf(stream));
    expect(await failureOf(read)).toMatchObject({ code: 'QUERY_FAILED', driverCode: '1242 (21000)' });
    expect(await firstValue(session, 'SELECT 9')).toBe('9');
  });

  it('goes through all results of a procedure', async () => {
    const session = await open();
    await ask(session, 'DROP PROCEDURE IF EXISTS two');
    await ask(session, 'CREATE PROCEDURE two() BEGIN SELECT 1 a; SELECT 2 b, 3 c; END');
    const stream = await session.run({ text: 'CALL two()' }, { signal: neverAborted });
    expect(await restOf(stream)).toEqual([['1']]);
    expect(await stream.nextResult()).toBe(true);
    expect(stream.columns.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(await restOf(stream)).toEqual([['2', '3']]);
    expect(await stream.nextResult()).toBe(false);
    expect(await firstValue(session, 'SELECT 1')).toBe('1');
  });

  it('says how many rows a statement changed', async () => {
    const session = await open();
    const stream = await session.run(
      { text: "INSERT INTO notes (note) VALUES ('a'), ('b')" },
      { signal: neverAborted },
    );
    expect(stream.columns).toEqual([]);
    expect(await stream.next(10)).toEqual([]);
    expect(stream.affectedCount).toBe(2);
    await stream.close();
    expect((await ask(session, 'DELETE FROM notes')).rowCount).toBe(2);
  });

  it('runs one statement at a time, whatever stands in its text', async () => {
    const session = await open();
    expect(await failureOf(ask(session, 'SELECT 1; CREATE TABLE oops (i INT)'))).toMatchObject({
      driverCode: '1064 (42000)',
    });
    expect((await ask(session, "SHOW TABLES LIKE 'oops'")).rows).toEqual([]);
    expect((await failureOf(ask(session, 'DELIMITER ;;\nSELECT 1;;'))).message).toContain('DELIMITER');
  });

  it('cancels a statement on the server, never the next one, and stays usable', async () => {
    const session = await open();
    for (let round = 0; round < 20; round += 1) {
      const cancel = new AbortController();
      const asleep = ask(session, 'SELECT SLEEP(30)', cancel.signal);
      const next = ask(session, `SELECT ${round}`);
      cancel.abort();
      expect((await failureOf(asleep)).code).toBe('QUERY_CANCELLED');
      expect((await next).rows).toEqual([[String(round)]]);
    }
  });

  it('ends a statement at its time limit', async () => {
    const session = await open({ timeouts: { queryMs: 1_000 } });
    const late = await failureOf(
      ask(session, 'SELECT MAX(a.i * b.i + c.i) FROM numbers a, numbers b, numbers c'),
    );
    expect(late).toMatchObject({ code: 'QUERY_TIMEOUT', message: 'The statement took longer than 1 s' });
    expect(await firstValue(session, 'SELECT 1')).toBe('1');
  });

  it('does not count the time in which nobody takes the rows', async () => {
    const clock = new JumpingClock();
    const session = await open({ timeouts: { queryMs: 1_000 }, connector: new MysqlConnector(clock) });
    const stream = await session.run({ text: manyRows }, { signal: neverAborted });
    await stream.next(1);
    // By our clock, and by the server's.
    clock.skip(60_000);
    await ask(await open(), 'SELECT SLEEP(1.5)');
    for (let batch = 0; batch < 20; batch += 1) expect((await stream.next(1_000)).length).toBeGreaterThan(0);
    await stream.close();
  });

  it('knows whether a transaction is open, also after an error', async () => {
    const session = await open();
    await ask(session, 'BEGIN');
    expect(session.isInTransaction).toBe(true);
    await failureOf(ask(session, 'SELEC 1'));
    expect(session.isInTransaction).toBe(true);
    // Commits, then fails.
    await failureOf(ask(session, 'CREATE TABLE numbers (i INT)'));
    expect(session.isInTransaction).toBe(false);
  });

  it('undoes whatever a statement of its own does', async () => {
    const session = await open();
    const own = { reads: 'rows' } as const;
    const insert = "INSERT INTO notes (note) VALUES ('own')";
    expect((await failureOf(ask(session, { text: insert, own }))).code).toBe('READ_ONLY');
    await ask(session, 'BEGIN');
    await ask(session, { text: insert, own });
    expect(session.isInTransaction).toBe(true);
    await ask(session, 'COMMIT');
    expect(await firstValue(session, 'SELECT COUNT(*) FROM notes')).toBe('0');
  });

  it('gives its own statements its own sql_mode, and a person theirs', async () => {
    await cluster.execute("SET GLOBAL sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'");
    const session = await open();
    expect(await firstValue(session, 'SELECT @@sql_mode')).toBe('PIPES_AS_CONCAT,ANSI_QUOTES');
    const own = { reads: 'catalogue' } as const;
    const [row] = (await ask(session, { text: 'SELECT "text", @@sql_mode', own })).rows;
    expect(row).toEqual(['text', expect.not.stringContaining('ANSI_QUOTES')]);
    await ask(session, "SET sql_mode = 'ANSI_QUOTES'");
    await ask(session, { text: 'SELECT 1', own });
    expect(await firstValue(session, 'SELECT @@sql_mode')).toBe('ANSI_QUOTES');
    await cluster.execute('SET GLOBAL sql_mode = DEFAULT');
  });

  it('speaks UTF-8 whatever the server or a statement says', async () => {
    await cluster.execute("SET GLOBAL init_connect = 'SET NAMES latin1'");
    const plain = { sql: ["CREATE USER IF NOT EXISTS plain@localhost IDENTIFIED BY 'S3cret'"] };
    for (const sql of plain.sql) await cluster.execute(sql);
    const session = await open({ config: { user: 'plain', database: null }, password: 'S3cret' });
    expect(await firstValue(session, "SELECT 'Grün 😀'")).toBe('Grün 😀');
    await ask(session, 'SET NAMES latin1');
    expect(await firstValue(session, "SELECT CONCAT('Grün 😀', HEX('ü'))")).toBe('Grün 😀C3BC');
    await cluster.execute("SET GLOBAL init_connect = ''");
  });

  it('does not ask the server to ignore spaces after names of functions', async () => {
    const session = await open();
    await ask(session, 'CREATE TEMPORARY TABLE count (i INT)');
    expect(await firstValue(session, 'SELECT @@sql_mode')).not.toContain('IGNORE_SPACE');
  });

  it('compresses what it is asked to', async () => {
    const session = await open({ config: { compression: true } });
    expect((await ask(session, "SHOW STATUS LIKE 'Compression'")).rows).toEqual([['Compression', 'ON']]);
    const stream = await session.run({ text: `${manyRows} LIMIT 50000` }, { signal: neverAborted });
    expect(await restOf(stream)).toHaveLength(50_000);
    expect(await firstValue(session, `SELECT LENGTH('${'ü'.repeat(10_000)}')`)).toBe('20000');
  });

  it('has the time zone of its data source', async () => {
    const session = await open({ config: { timeZone: '+05:30' } });
    expect(await firstValue(session, 'SELECT @@time_zone')).toBe('+05:30');
  });

  it('tells its name to whoever looks at the sessions of the server, and its id', async () => {
    const session = await open();
    expect(await firstValue(session, 'SELECT CONNECTION_ID()')).toBe(String(session.backendId));
  });

  it('is told apart as closed by us, by the server and by an administrator', async () => {
    const [mine, killed] = await Promise.all([open(), open()]);
    const reasons: unknown[] = [];
    for (const session of [mine, killed]) session.onClosed((reason) => reasons.push(reason?.code ?? null));
    await mine.close();
    await cluster.execute(`KILL ${killed.backendId}`);
    await new Promise<void>((resolve) => void killed.onClosed(() => resolve()));
    expect(reasons).toEqual([null, 'CONNECTION_LOST']);
    expect((await failureOf(ask(killed, 'SELECT 1'))).code).toBe('CONNECTION_LOST');
    expect((await failureOf(killed.ping({ signal: neverAborted }))).code).toBe('CONNECTION_LOST');
  });

  it('notices that the server ended an idle session', async () => {
    const session = await open();
    const reason = new Promise((resolve) => void session.onClosed(resolve));
    await ask(session, 'SET wait_timeout = 1');
    expect(await reason).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('answers a ping', async () => {
    const session = await open();
    await expect(session.ping({ signal: neverAborted })).resolves.toBeUndefined();
  });
}

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    beforeAll(() => start(product));
    bothProducts();
  });
}
