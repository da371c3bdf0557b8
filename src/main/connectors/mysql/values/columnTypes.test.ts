import { describe, expect, it } from 'vitest';
import { typeNameOf } from './columnTypes.ts';

const base = { name: 'c', flags: 0, collation: 45, length: 0, decimals: 0, typeName: null };
const [unsigned, enumeration, set] = [1 << 5, 1 << 8, 1 << 11];

describe('typeNameOf', () => {
  it.each([
    ['bigint unsigned', { type: 8, flags: unsigned }],
    ['int', { type: 3 }],
    ['decimal(65,30)', { type: 246, length: 67, decimals: 30 }],
    ['decimal(5,0) unsigned', { type: 246, length: 5, flags: unsigned }],
    ['varchar', { type: 253 }],
    ['varbinary', { type: 253, collation: 63 }],
    ['char', { type: 254 }],
    ['binary', { type: 254, collation: 63 }],
    ['text', { type: 252 }],
    ['blob', { type: 252, collation: 63 }],
    ['longtext', { type: 251 }],
    ['enum', { type: 254, flags: enumeration }],
    ['set', { type: 254, flags: set }],
    ['json', { type: 245, collation: 63 }],
    ['uuid', { type: 254, typeName: 'uuid' }],
    ['datetime', { type: 12, collation: 63 }],
    ['datetime(6)', { type: 12, collation: 63, decimals: 6 }],
    ['type 200', { type: 200 }],
  ])('is %s', (name, column) => {
    expect(typeNameOf({ ...base, ...column })).toBe(name);
  });
});
