import { z } from 'zod';
import {
  type Dependency,
  maxDependencies,
  type NodeDependencies,
  type NodeKind,
  type NodeRef,
} from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows } from './catalogueRows.ts';
import { exactValues, isExactly } from './catalogueSql.ts';
import { readForeignKeys } from './describeConstraints.ts';

/** Each answers schema, name and the part through which it depends, of the node with the two names. */
const queries = {
  referring: `
SELECT DISTINCT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME
  FROM information_schema.KEY_COLUMN_USAGE k
 WHERE ${isExactly('k.REFERENCED_TABLE_SCHEMA')} AND ${isExactly('k.REFERENCED_TABLE_NAME')}`,
  triggers: `
SELECT TRIGGER_SCHEMA, TRIGGER_NAME, NULL
  FROM information_schema.TRIGGERS
 WHERE ${isExactly('EVENT_OBJECT_SCHEMA')} AND ${isExactly('EVENT_OBJECT_TABLE')}`,
  tableOfTrigger: `
SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, NULL
  FROM information_schema.TRIGGERS
 WHERE ${isExactly('TRIGGER_SCHEMA')} AND ${isExactly('TRIGGER_NAME')}`,
  // These two are MySQL's; MariaDB keeps no account of what its views are made of.
  views: `
SELECT VIEW_SCHEMA, VIEW_NAME, NULL
  FROM information_schema.VIEW_TABLE_USAGE
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`,
  tablesOfView: `
SELECT TABLE_SCHEMA, TABLE_NAME, NULL
  FROM information_schema.VIEW_TABLE_USAGE
 WHERE ${isExactly('VIEW_SCHEMA')} AND ${isExactly('VIEW_NAME')}`,
} as const;

const dependencyRow = z.tuple([textCell, textCell, textCell.nullable()]);

/** Nothing where the server does not know, or does not say. */
async function ask(
  connection: SqlConnection,
  query: keyof typeof queries,
  node: NodeRef,
  kind: NodeKind,
  options: QueryOptions,
): Promise<Dependency[]> {
  const statement = { text: queries[query], values: exactValues(node) };
  const rows = await unlessRefused(connection, options, () =>
    askRows(connection, statement, dependencyRow, options),
  );
  return (rows ?? []).map(([schema, name, through]) => ({ node: { schema, name, kind }, through }));
}

const listOf = (nodes: readonly Dependency[]): NodeDependencies['uses'] => ({
  nodes: nodes.slice(0, maxDependencies),
  total: nodes.length,
});

/** What a node needs, and what needs it, as far as the dictionary says. Of a relation it says no kind but `table`. */
export async function readDependencies(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDependencies> {
  if (node.kind === 'trigger') {
    const tables = await ask(connection, 'tableOfTrigger', node, 'table', options);
    return { uses: listOf(tables), usedBy: listOf([]) };
  }
  const views = await ask(connection, 'views', node, 'view', options);
  if (node.kind === 'view') {
    const tables = await ask(connection, 'tablesOfView', node, 'table', options);
    return { uses: listOf(tables), usedBy: listOf(views) };
  }
  const foreignKeys = await readForeignKeys(connection, node, options);
  const targets = foreignKeys.map(
    ({ name, to }): Dependency => ({ node: { ...to, kind: 'table' }, through: name }),
  );
  const referring = await ask(connection, 'referring', node, 'table', options);
  const triggers = await ask(connection, 'triggers', node, 'trigger', options);
  return { uses: listOf(targets), usedBy: listOf([...referring, ...views, ...triggers]) };
}
