import { describe, expect, it } from 'vitest';
import { mysqlTypes } from './logicalTypes.ts';

describe('the types of MySQL and MariaDB', () => {
  it('are known from how the dictionary, the protocol and a plan write them', () => {
    const text = (length: number | null) => ({ type: 'text', length });
    const types = [
      ['varchar(35) collate utf8mb4_bin', text(35)],
      ['varchar', text(null)],
      ["enum('a)','unsigned')", text(null)],
      ['INT(10) UNSIGNED ZEROFILL', { type: 'integer', bits: 32, isUnsigned: true }],
      ['decimal(10,2) unsigned', { type: 'decimal', precision: 10, scale: 2 }],
      ['double unsigned', { type: 'float', bits: 64 }],
      ['datetime(6)', { type: 'timestamp', digits: 6, isZoned: false }],
      ['multipolygon', { type: 'other', name: 'mysql:multipolygon' }],
    ] as const;
    for (const [declared, type] of types) expect(mysqlTypes.logical(declared), declared).toEqual(type);
  });

  it('take a number for a year as it is: a text of two digits would be another one', () => {
    const type = { type: 'integer', bits: 16, isUnsigned: true } as const;
    expect(mysqlTypes.fromCanonical(type, 'year(4)')?.('5')).toBe('0005');
    expect(mysqlTypes.fromCanonical(type, 'year')?.('2024')).toBe('2024');
  });
});
