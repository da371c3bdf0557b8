import { describe, expect, it } from 'vitest';
import { mysqlSql } from './mysqlSql.ts';

const { normalForm } = mysqlSql;

describe('the normal form of a statement', () => {
  it.each([
    // Names are told apart by their case, words of the language are not.
    ['SELECT Id FROM Orders # why\nWHERE Id=?', 'select Id from Orders where Id = ?'],
    [String.raw`select "a", 'it\'s', x'4D', n'x', _utf8'a' 'b'`, 'select ?, ?, ?, ?, ?'],
    ['select .5, -.5, 0xFF, 1e5', 'select ?, ?, ?, ?'],
    [
      'select `X y`, db.2024_orders, @x, @@session.sql_mode',
      'select `X y`, db.2024_orders, @x, @@session.sql_mode',
    ],
    ['select 1--1', 'select ? - ?'],
    ['select count(*), count (1)', 'select count(*), count (?)'],
    ['select /*!80000 1, */ 2', 'select /*!80000 ?, */ ?'],
    ['insert into t values (1, "a"), (2, NULL)', 'insert into t values (?, ?)'],
  ])('of %j is %j', (statement, form) => {
    expect(normalForm(statement)).toBe(form);
  });

  it.each([
    `CREATE USER 'bob'@'%' IDENTIFIED BY 'secret'`,
    `CREATE OR REPLACE USER bob IDENTIFIED BY "secret"`,
    'ALTER USER bob IDENTIFIED BY secret',
    `GRANT ALL ON *.* TO bob IDENTIFIED BY PASSWORD '*secret'`,
    `SET PASSWORD FOR bob = 'secret'`,
    'SET @a := secret, @b = secret',
    `CHANGE MASTER TO MASTER_PASSWORD='secret'`,
    'select 9secret',
    `select 'it's secret'`,
  ])('holds no value: %s', (statement) => {
    expect(normalForm(statement)).not.toContain('secret');
  });

  it('reads quotes as the session does', () => {
    const modes = { backslashEscapes: false, quotedNames: true };
    const statement = String.raw`select "Name" from t where a = 'c:\' and b = 'secret'`;
    expect(mysqlSql.inModes(modes).normalForm(statement)).toBe('select "Name" from t where a = ? and b = ?');
  });
});
