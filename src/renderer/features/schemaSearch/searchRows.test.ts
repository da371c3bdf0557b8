import { describe, expect, it } from 'vitest';
import type { SearchHit } from '../../../shared/model/schemaSearch.ts';
import { objectCount, searchRows } from './searchRows.ts';

const table = { schema: 's', name: 'orders', kind: 'table' } as const;
const hitIn = (fields: Partial<SearchHit>): SearchHit => ({
  ...{ node: table, place: 'names', part: null, line: null, before: '', hit: 'orders', after: '' },
  ...fields,
});

describe('what was found', () => {
  it('stands below its object, which stands where it was found first', () => {
    const other = { schema: 's', name: 'other', kind: 'view' } as const;
    const column = hitIn({ place: 'columns', part: { kind: 'column', name: 'orders_id' } });
    const rows = searchRows([hitIn({}), hitIn({ node: other, place: 'definitions', line: 2 }), column]);
    expect(rows.map(({ type, node }) => `${type} ${node.name}`)).toEqual([
      'object orders',
      'hit orders',
      'object other',
      'hit other',
    ]);
    expect(rows[0]).toMatchObject({ named: hitIn({}), count: 1 });
    expect(rows[1]).toMatchObject({ hit: column });
    expect(rows[2]).toMatchObject({ named: null });
    expect(objectCount(rows)).toBe(2);
  });

  it('keeps functions of one name apart by their arguments', () => {
    const f = { schema: 's', name: 'f', kind: 'function' } as const;
    const rows = searchRows([
      hitIn({ node: { ...f, qualifier: 'integer' } }),
      hitIn({ node: { ...f, qualifier: 'text' } }),
    ]);
    expect(objectCount(rows)).toBe(2);
  });
});
