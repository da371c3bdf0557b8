import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { ask, firstValue, openSession, restOf } from './sessionUnderTest.ts';

let cluster: MysqlCluster;
let session: SqlConnection;

afterAll(async () => {
  await session.close();
  await cluster.dispose();
});

async function start(product: 'mariadb' | 'mysql'): Promise<void> {
  const settings = { 'max-allowed-packet': '64M' };
  cluster = await MysqlCluster.start({ product, settings, sql: ['CREATE DATABASE shop'] });
  const { user, password, socketPath } = cluster;
  session = await openSession(cluster, { config: { user, socketPath, database: 'shop' }, password });
}

/** Makes the table anew and reads it whole, sorted as it was written. */
async function stored(table: string, columns: string, rows: string, mode = "''") {
  await ask(session, `DROP TABLE IF EXISTS ${table}`);
  await ask(session, `CREATE TABLE ${table} (${columns})`);
  await ask(session, `SET sql_mode = ${mode}`);
  await ask(session, `INSERT INTO ${table} VALUES ${rows}`);
  return (await ask(session, `SELECT * FROM ${table}`)).rows;
}

/** Both products return the same text for these. */
function sameValues(): void {
  it('keeps all digits of 64-bit integers', async () => {
    const rows = '(9007199254740993,-9223372036854775808),(18446744073709551615,9007199254740993)';
    expect(await stored('n', 'id BIGINT UNSIGNED PRIMARY KEY, s BIGINT', rows)).toEqual([
      ['9007199254740993', '-9223372036854775808'],
      ['18446744073709551615', '9007199254740993'],
    ]);
  });

  it('keeps times beyond a day, their fractions and their sign', async () => {
    const columns = 'a TIME, b TIME(6), c DATETIME(3), d DATETIME(6), e TIMESTAMP(1) NULL';
    const rows = `
      ('-838:59:59','-00:00:00.000001','2026-03-04 05:06:07.010','2026-03-04 05:06:07.100000','2026-03-04 05:06:07.5'),
      ('100:00:01','25:30:00.5','2026-03-04 05:06:07','2026-03-04 05:06:07','2026-03-04 05:06:07'),
      ('00:00:00','00:00:00',NULL,NULL,NULL)`;
    expect(await stored('t', columns, rows)).toEqual([
      [
        '-838:59:59',
        '-00:00:00.000001',
        '2026-03-04 05:06:07.010',
        '2026-03-04 05:06:07.100000',
        '2026-03-04 05:06:07.5',
      ],
      [
        '100:00:01',
        '25:30:00.500000',
        '2026-03-04 05:06:07.000',
        '2026-03-04 05:06:07.000000',
        '2026-03-04 05:06:07.0',
      ],
      ['00:00:00', '00:00:00.000000', null, null, null],
    ]);
  });

  it('keeps zero dates, and a year as it is', async () => {
    const rows = "('0000-00-00','2026-00-31','0000-00-00 00:00:00',0,2155)";
    expect(await stored('z', 'a DATE, b DATE, c DATETIME, d YEAR, e YEAR', rows)).toEqual([
      ['0000-00-00', '2026-00-31', '0000-00-00 00:00:00', '0000', '2155'],
    ]);
  });

  it('tells bytes from texts with a binary collation', async () => {
    const columns = `a VARCHAR(20) COLLATE utf8mb4_bin, b CHAR(8) CHARACTER SET ascii COLLATE ascii_bin,
      c TEXT COLLATE utf8mb4_bin, d VARBINARY(20), e BINARY(8), f BLOB`;
    const rows = "('Grün','AB12','téxt','SN-7',0x4142433132,'hello'),('','','','',0x00,'')";
    expect(await stored('x', columns, rows)).toEqual([
      ['Grün', 'AB12', 'téxt', '0x534E2D37', '0x4142433132000000', '0x68656C6C6F'],
      ['', '', '', '0x', '0x0000000000000000', '0x'],
    ]);
  });

  it('keeps leading zeros, all digits of decimals and the text of floats', async () => {
    const columns = `z INT(5) UNSIGNED ZEROFILL, m MEDIUMINT(8) UNSIGNED ZEROFILL, d DECIMAL(65,30),
      e DECIMAL(9,4), g FLOAT, h DOUBLE, t TINYINT(1)`;
    const digits = '-12345678901234567890123456789012345.123456789012345678901234567890';
    const rows = `(42,1234,${digits},1.5,1.1,0.1,2),(0,0,0,0,0,1e300,-1)`;
    expect(await stored('k', columns, rows)).toEqual([
      ['00042', '00001234', digits, '1.5000', '1.1', '0.1', '2'],
      ['00000', '00000000', `0.${'0'.repeat(30)}`, '0.0000', '0', '1e300', '-1'],
    ]);
  });

  it('reads every character of older character sets', async () => {
    const columns =
      'a VARCHAR(20) CHARACTER SET latin1, b VARCHAR(20) CHARACTER SET ucs2, c VARCHAR(20) CHARACTER SET sjis';
    expect(await stored('o', columns, "('Größe €','Žluť','日本')")).toEqual([['Größe €', 'Žluť', '日本']]);
  });

  it('gives BIT as a number, and ENUM and SET as their words', async () => {
    const columns = "a BIT(1), b BIT(64), c ENUM('x','ü'), d SET('p','q')";
    expect(await stored('b', columns, "(b'1', 18446744073709551615, 'ü', 'p,q')")).toEqual([
      ['1', '18446744073709551615', 'ü', 'p,q'],
    ]);
  });

  it('names columns of one name as often as there are, with the types of the server', async () => {
    const stream = await session.run(
      { text: "SELECT 1 AS id, CAST(2 AS UNSIGNED) AS id, 'x' AS `a\"b`" },
      { signal: neverAborted },
    );
    expect(stream.columns.map(({ name }) => name)).toEqual(['id', 'id', 'a"b']);
    expect(stream.columns.slice(1).map(({ type }) => type)).toEqual([
      expect.stringContaining('unsigned'),
      'varchar',
    ]);
    expect(await restOf(stream)).toEqual([['1', '2', 'x']]);
  });

  it.each([16_777_214, 16_777_215, 16_777_216, 33_554_431])(
    'reads a value of %i bytes whole',
    async (length) => {
      const value = await firstValue(session, `SELECT REPEAT('a', ${length})`);
      expect(value?.length).toBe(length);
    },
  );

  it('keeps a statement that is too large for the server to itself, and says so', async () => {
    const text = `SELECT LENGTH('${'x'.repeat(65 * 1024 * 1024)}')`;
    await expect(ask(session, text)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(await firstValue(session, 'SELECT 1')).toBe('1');
  });
}

describeProduct('mariadb', () => {
  beforeAll(() => start('mariadb'));
  sameValues();

  it('keeps JSON as it was written, and names the types that the protocol has no number for', async () => {
    const json = '{"z":1.10, "id":9007199254740993, "a":1, "a":2, "u":18446744073709551615}';
    expect(await stored('j', 'v JSON', `('${json}')`)).toEqual([[json]]);
    const columns = 'a UUID, b INET6, c INET4';
    const rows = "('0198AAAA-BBBB-7CCC-8DDD-EEEEFFFF0001','2001:0DB8:0:0:0:0:0:1','192.0.2.7')";
    expect(await stored('u', columns, rows)).toEqual([
      ['0198aaaa-bbbb-7ccc-8ddd-eeeeffff0001', '2001:db8::1', '192.0.2.7'],
    ]);
    const stream = await session.run({ text: 'SELECT u.*, v FROM u, j' }, { signal: neverAborted });
    expect(stream.columns.map(({ type }) => type)).toEqual(['uuid', 'inet6', 'inet4', 'json']);
    await stream.close();
  });
});

describeProduct('mysql', () => {
  beforeAll(() => start('mysql'));
  sameValues();

  it('keeps all digits of the numbers in JSON', async () => {
    const json = '{"z":1.10, "id":9007199254740993, "u":18446744073709551615}';
    expect(await stored('j', 'v JSON', `('${json}')`)).toEqual([
      ['{"u": 18446744073709551615, "z": 1.1, "id": 9007199254740993}'],
    ]);
  });
});
