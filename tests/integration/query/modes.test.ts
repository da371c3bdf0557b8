import { describe, expect, it } from 'vitest';
import { modesOf } from '../../../src/shared/engines/mysql/sql/sqlMode.ts';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { QueryUnderTest } from '../../support/QueryUnderTest.ts';

/** What a script of one data source comes to, in one tab. */
const runIn = async (under: QueryUnderTest, script: string, sqlMode: string | null = null) => {
  const tab = under.tab();
  const modes = sqlMode === null ? null : modesOf(sqlMode);
  const ran = await tab.run(script, { modes });
  return { tab, ran };
};

describe('PostgreSQL', () => {
  it('reads what follows a SET of standard_conforming_strings as the server then does', async () => {
    const script = String.raw`SET standard_conforming_strings = off; SELECT 'it\'s; fine'; SELECT 2`;
    const { ran } = await runIn(QueryUnderTest.postgres(), script);
    expect(ran.of('ended')).toHaveLength(3);
    expect(await ran.rows(0)).toEqual([["it's; fine"]]);
    expect(ran.session?.modes).toEqual({ backslashEscapes: true, quotedNames: true });
  });

  it('knows that a setting went with its transaction', async () => {
    const script = 'BEGIN; SET LOCAL standard_conforming_strings = off; SELECT 1; ROLLBACK';
    const { ran } = await runIn(QueryUnderTest.postgres(), script);
    expect(ran.session?.modes).toEqual({ backslashEscapes: false, quotedNames: true });
  });

  it('does not send what it would read otherwise than the editor did', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const modes = { backslashEscapes: true, quotedNames: true };
    const ran = await tab.run(String.raw`SELECT 'a\'; SELECT 2 --'`, { modes });
    expect(ran.of('failed')[0]?.error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(ran.session?.modes?.backslashEscapes).toBe(false);
  });
});

describe('MariaDB', () => {
  it('reads what follows a SET of sql_mode as the server then does', async () => {
    const script = String.raw`SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'; SELECT 'a\' AS "x;\"; SELECT 2`;
    const { ran } = await runIn(await QueryUnderTest.mariadb(), script);
    expect(ran.of('ended')).toHaveLength(3);
    expect(await ran.rows(0)).toEqual([['a\\']]);
    expect(ran.session?.modes).toEqual({ backslashEscapes: false, quotedNames: true });
  });

  it('is asked when a SET says no more than an expression, and binds values by what it answers', async () => {
    const under = await QueryUnderTest.mariadb();
    const tab = under.tab();
    const set = await tab.run("SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')");
    expect(set.session?.modes?.backslashEscapes).toBe(false);
    const modes = modesOf('NO_BACKSLASH_ESCAPES');
    const parameters = [{ name: '1', type: 'text' as const, value: String.raw`\' OR 1` }];
    const ran = await tab.run(String.raw`SELECT '\', ?`, { modes, parameters });
    expect(await ran.rows(0)).toEqual([['\\', String.raw`\' OR 1`]]);
  });

  it('begins with the modes that the server has for everybody, also on a read-only data source', async () => {
    const cluster = await MysqlCluster.start({
      product: 'mariadb',
      settings: { 'sql-mode': 'NO_BACKSLASH_ESCAPES' },
      sql: ['CREATE DATABASE query_under_test'],
    });
    try {
      const under = await QueryUnderTest.mariadb({ readOnly: true }, cluster);
      const { ran } = await runIn(under, String.raw`SELECT '\' INTO OUTFILE '/tmp/mooring-rows' -- '`);
      expect(ran.of('failed')[0]?.error.code).toBe('INVALID_INPUT');
      expect(ran.session?.modes?.backslashEscapes).toBe(false);
      const again = await runIn(
        under,
        String.raw`SELECT '\' INTO OUTFILE '/tmp/mooring-rows' -- '`,
        'NO_BACKSLASH_ESCAPES',
      );
      expect(again.ran.of('failed')[0]?.error.code).toBe('READ_ONLY');
    } finally {
      await cluster.dispose();
    }
  });
});
