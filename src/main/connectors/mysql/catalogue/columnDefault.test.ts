import { describe, expect, it } from 'vitest';
import { columnDefault, type DictionaryDefault, unescapeExpression } from './columnDefault.ts';

const mysql = (overrides: Partial<DictionaryDefault>): string | null =>
  columnDefault({ isMysql: true, text: null, extra: '', dataType: 'varchar', ...overrides });
const mariadb = (overrides: Partial<DictionaryDefault>): string | null =>
  columnDefault({ isMysql: false, text: null, extra: '', dataType: 'varchar', ...overrides });

describe('columnDefault', () => {
  it('tells none, the text NULL and the empty text apart on both products', () => {
    expect([mysql({}), mysql({ text: 'NULL' }), mysql({ text: '' })]).toEqual([null, "'NULL'", "''"]);
    expect([mariadb({ text: 'NULL' }), mariadb({ text: "'NULL'" }), mariadb({ text: "''" })]).toEqual([
      null,
      "'NULL'",
      "''",
    ]);
    expect(mariadb({})).toBeNull();
  });

  it('quotes texts of MySQL as its definitions do', () => {
    expect(mysql({ text: "it's" })).toBe("'it''s'");
    expect(mysql({ text: 'a\\b\nc\r\0' })).toBe(String.raw`'a\\b\nc\r\0'`);
    expect(mysql({ text: '2020-01-01', dataType: 'date' })).toBe("'2020-01-01'");
  });

  it('leaves numbers, bits and bytes of MySQL as they are', () => {
    expect(mysql({ text: '42', dataType: 'int' })).toBe('42');
    expect(mysql({ text: "b'101'", dataType: 'bit' })).toBe("b'101'");
    expect(mysql({ text: '0x6162', dataType: 'varbinary' })).toBe('0x6162');
    expect(mysql({ text: '0x6162', dataType: 'varchar' })).toBe("'0x6162'");
  });

  it('takes an expression of MySQL out of its escapes, and does not quote it', () => {
    const extra = 'DEFAULT_GENERATED';
    expect(mysql({ text: "concat(_utf8mb4\\'it\\\\\\'s\\')", extra })).toBe("concat(_utf8mb4'it\\'s')");
    expect(mysql({ text: 'uuid()', extra })).toBe('uuid()');
  });

  it('writes the current time in one way', () => {
    expect(mysql({ text: 'CURRENT_TIMESTAMP(6)', extra: 'DEFAULT_GENERATED' })).toBe('CURRENT_TIMESTAMP(6)');
    expect(mariadb({ text: 'current_timestamp(6)' })).toBe('CURRENT_TIMESTAMP(6)');
    expect(mariadb({ text: 'current_timestamp()' })).toBe('CURRENT_TIMESTAMP');
    expect(mariadb({ text: "'current_timestamp()'" })).toBe("'current_timestamp()'");
  });

  it('says when a column is set again with each update, also without a default', () => {
    const extra = 'DEFAULT_GENERATED on update CURRENT_TIMESTAMP(3)';
    expect(mysql({ text: 'CURRENT_TIMESTAMP(3)', extra })).toBe(
      'CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)',
    );
    expect(mariadb({ text: 'NULL', extra: 'on update current_timestamp()' })).toBe(
      'ON UPDATE CURRENT_TIMESTAMP',
    );
  });

  it('has none for a generated column, also where MariaDB says NULL', () => {
    expect(mariadb({ text: 'NULL', extra: 'STORED GENERATED' })).toBeNull();
    expect(mysql({ extra: 'VIRTUAL GENERATED INVISIBLE' })).toBeNull();
  });

  it('names what counts by itself', () => {
    expect(mysql({ extra: 'auto_increment INVISIBLE' })).toBe('AUTO_INCREMENT');
    expect(mariadb({ text: 'NULL', extra: 'auto_increment' })).toBe('AUTO_INCREMENT');
  });
});

describe('unescapeExpression', () => {
  it('undoes one layer of escapes, and no more', () => {
    expect(unescapeExpression(String.raw`\'a\\\\b\\nc\'`)).toBe(String.raw`'a\\b\nc'`);
    expect(unescapeExpression('a\\nb\\0')).toBe('a\nb\0');
  });
});
