import { describe, expect, it } from 'vitest';
import { someNode } from '../../../../../tests/support/someNode.ts';
import { engineOf } from '../../../../shared/engines/engines.ts';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import { sqlWordsOf } from '../../../../shared/engines/sqlWords.ts';
import type { Column, NodeDetail } from '../../../../shared/model/schemaTree.ts';
import type { Catalogue } from './catalogue.ts';
import { SqlAdvisor } from './SqlAdvisor.ts';

const column = (name: string): Column => ({
  name,
  type: 'integer',
  nullable: true,
  defaultValue: null,
  isPrimaryKey: false,
  isUnique: false,
  references: [],
  isGenerated: false,
  expression: null,
  isVisible: true,
  comment: null,
});
const columnsOf: Record<string, readonly string[]> = {
  'sales.client': ['a_sales'],
  'archive.client': ['b_archive'],
  'public.orders': ['id', 'customer id', 'Total'],
  'public.customers': ['id', 'name'],
};
const nodes = Object.keys(columnsOf).map((key) => {
  const [schema = '', name = ''] = key.split('.');
  return someNode(schema, name);
});
const catalogue: Catalogue = {
  schemas: () => ['archive', 'public', 'sales'].map((name) => ({ name, isSystem: false })),
  nodesOf: (schema) => nodes.filter((one) => one.schema === schema),
  detailOf: ({ schema, name }) =>
    Promise.resolve({ columns: (columnsOf[`${schema}.${name}`] ?? []).map(column) } as unknown as NodeDetail),
};
const advisorWith = (searchPath: readonly string[] | null) =>
  new SqlAdvisor({
    catalogue,
    searchPath,
    usualSchema: 'public',
    language: sqlLanguageOf('postgres'),
    words: sqlWordsOf('postgres'),
    quote: (name) => engineOf('postgres').quote(name),
  });

/** What can be written at the cursor (`▮`), keywords left out. */
async function offered(
  marked: string,
  searchPath: readonly string[] | null = null,
): Promise<readonly string[]> {
  const advice = await advisorWith(searchPath).complete(marked.replace('▮', ''), marked.indexOf('▮'));
  return (advice?.options ?? [])
    .filter(({ type }) => type === 'property' || type === 'variable' || type === 'type')
    .map(({ label, apply }) => (typeof apply === 'string' ? apply : label));
}

const ctes = 'WITH a AS (SELECT 1 AS x), b(y, z) AS (SELECT 1, 2), c AS (SELECT x AS "X y" FROM a) SELECT';

describe('completion', () => {
  it('knows the columns of common table expressions', async () => {
    expect(await offered(`${ctes} b.▮ FROM b, c`)).toEqual(['y', 'z']);
    expect(await offered(`${ctes} c.▮ FROM b, c`)).toEqual(['"X y"']);
    expect(await offered(`${ctes} * FROM ▮`)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'orders']));
    expect(await offered('SELECT * FROM ▮')).not.toContain('a');
  });

  it('looks names up in the search path of the session, and offers the others with their schema', async () => {
    const path = ['archive', 'public'];
    expect(await offered('SELECT c.▮ FROM client c', path)).toEqual(['b_archive']);
    expect(await offered('SELECT c.▮ FROM client c', ['sales'])).toEqual(['a_sales']);
    expect(await offered('SELECT c.▮ FROM sales.client c', path)).toEqual(['a_sales']);
    const relations = await offered('SELECT * FROM ▮', path);
    expect(relations).toEqual(expect.arrayContaining(['client', 'orders', 'sales.client']));
    expect(relations).not.toContain('archive.client');
  });

  it('offers columns of all relations of the statement, quoted where they must be', async () => {
    const names = await offered('SELECT ▮ FROM orders o JOIN customers ON true');
    expect(names).toEqual(
      expect.arrayContaining(['id', '"customer id"', '"Total"', 'name', 'o', 'customers']),
    );
  });

  it('goes by the innermost query', async () => {
    expect(await offered('SELECT (SELECT q.▮ FROM customers q) FROM orders q')).toEqual(['id', 'name']);
    expect(await offered('SELECT q.▮ FROM (SELECT id AS one, count(*) FROM orders) q')).toEqual([
      'one',
      'count',
    ]);
    expect(await offered('UPDATE orders SET ▮')).toEqual(expect.arrayContaining(['"Total"']));
  });

  it('offers the relations of a schema', async () => {
    expect(await offered('SELECT * FROM sales.▮')).toEqual(['client']);
  });

  it.each(["SELECT 'a▮'", 'SELECT 1 -- a▮', 'SELECT 12▮', 'SELECT 1 AS a▮'])(
    'stays quiet in %s',
    async (text) => {
      expect(await offered(text)).toEqual([]);
    },
  );

  it('begins a statement with what statements begin with', async () => {
    const advice = await advisorWith(null).complete('SEL', 3);
    expect(advice?.options.map(({ label }) => label)).toContain('SELECT');
    expect(advice?.from).toBe(0);
  });
});

describe('the meaning of a name', () => {
  const meaning = (marked: string) =>
    advisorWith(null).meaningAt(marked.replace('▮', ''), marked.indexOf('▮'));

  it('is the column that it names, through an alias or without one', async () => {
    expect(await meaning('SELECT o.i▮d FROM orders o')).toMatchObject({
      type: 'column',
      column: { name: 'id' },
    });
    expect(await meaning('SELECT na▮me FROM customers')).toMatchObject({ node: { name: 'customers' } });
  });

  it('is the relation that a name or an alias stands for', async () => {
    expect(await meaning('SELECT ▮o.id FROM orders o')).toMatchObject({
      type: 'relation',
      node: { name: 'orders' },
    });
    expect(await meaning('SELECT 1 FROM sales.cli▮ent')).toMatchObject({ node: { schema: 'sales' } });
    expect(await meaning('SELECT 1 FROM nowhere▮')).toBeNull();
  });
});
