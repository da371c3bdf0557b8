import { describe, expect, it } from 'vitest';
import { maxDiagramTables } from '../../../../shared/model/diagrams.ts';
import { buildDiagram } from './buildDiagram.ts';
import { chooseTables, type ForeignKeyPair } from './chooseTables.ts';

const schema = 'shop';
const tableNamed = (name: string) => ({ schema, name });
const key = (from: string, to: string): ForeignKeyPair => ({
  name: `${from}_${to}`,
  from: tableNamed(from),
  to: tableNamed(to),
  columns: [`${to}_id`],
  targetColumns: ['id'],
});
const ofSchema = { schema, table: null, distance: 1 };
const manyTables = Array.from({ length: 10_000 }, (_, at) => tableNamed(`t${String(at).padStart(5, '0')}`));

describe('chooseTables', () => {
  it('takes the tables with the most relations of a schema that has too many', () => {
    const keys = Array.from({ length: 50 }, (_, at) => key(`t0${9_900 + at}`, 't09999'));
    const { tables, total } = chooseTables(ofSchema, manyTables, keys);
    expect(total).toBe(10_000);
    expect(tables).toHaveLength(maxDiagramTables);
    const names = new Set(tables.map(({ name }) => name));
    expect(names).toContain('t09999');
    expect(keys.every(({ from }) => names.has(from.name))).toBe(true);
    // The rest in the order of names, so that it is the same each time.
    expect(names).toContain('t00000');
    expect(names).not.toContain('t00400');
  });

  it('takes the nearest ones of a table with too many neighbours', () => {
    const near = Array.from({ length: 400 }, (_, at) => key(`t0${1_000 + at}`, 't00000'));
    const scope = { schema, table: 't00000', distance: 2 };
    const { tables, total } = chooseTables(scope, manyTables, [...near, key('t05000', 't01000')]);
    expect(total).toBe(402);
    expect(tables).toHaveLength(maxDiagramTables);
    expect(tables.map(({ name }) => name)).toContain('t00000');
    expect(tables.map(({ name }) => name)).not.toContain('t05000');
  });
});

describe('buildDiagram', () => {
  it('keeps the columns of keys of a table with too many, and says how many there are', () => {
    const columns = Array.from({ length: 1_000 }, (_, at) => ({
      name: `c${at}`,
      type: 'x'.repeat(500),
      nullable: true,
    }));
    const table = tableNamed('wide');
    const shape = { table, columns, primaryKey: ['c999'], uniqueKeys: [['c999']] };
    const { tables } = buildDiagram({ tables: [table], total: 1 }, [], [shape]);
    expect(tables[0]?.columnCount).toBe(1_000);
    expect(tables[0]?.columns).toHaveLength(200);
    expect(tables[0]?.columns.at(-1)).toMatchObject({ name: 'c999', isPrimaryKey: true, isUnique: true });
    expect(tables[0]?.columns[0]?.type).toHaveLength(120);
  });

  it('leaves out tables that went away between two statements, with their keys', () => {
    const chosen = { tables: [tableNamed('orders'), tableNamed('gone')], total: 2 };
    const column = { name: 'gone_id', type: 'int', nullable: true };
    const shape = { table: tableNamed('orders'), columns: [column], primaryKey: [], uniqueKeys: [] };
    const { tables, links } = buildDiagram(chosen, [key('orders', 'gone')], [shape]);
    expect(tables.map(({ name }) => name)).toEqual(['orders']);
    expect(links).toEqual([]);
  });
});
