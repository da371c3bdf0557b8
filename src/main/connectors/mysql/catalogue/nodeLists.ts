import { z } from 'zod';
import type { NodeListKey } from '../../../../shared/model/nodeLists.ts';
import { maxListRows, type NodeList, type RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection, Statement } from '../../Connection.ts';
import { textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows } from './catalogueRows.ts';
import { exactValues, isExactly, routineGrantee, routinePrivileges } from './catalogueSql.ts';

const triggersQuery = `
SELECT TRIGGER_NAME, CONCAT(ACTION_TIMING, ' ', EVENT_MANIPULATION), NULL, NULL
  FROM information_schema.TRIGGERS
 WHERE ${isExactly('EVENT_OBJECT_SCHEMA')} AND ${isExactly('EVENT_OBJECT_TABLE')}
 ORDER BY EVENT_MANIPULATION, ACTION_TIMING DESC, ACTION_ORDER`;

const giveable = `IF(IS_GRANTABLE = 'YES', ' WITH GRANT OPTION', '')`;

/** Rights on the schema and on the whole server are rights on the table too: they are told by the account. */
const privilegesQuery = `
SELECT GRANTEE, GROUP_CONCAT(CONCAT(PRIVILEGE_TYPE, ${giveable}) ORDER BY PRIVILEGE_TYPE SEPARATOR ', '), NULL, NULL
  FROM information_schema.TABLE_PRIVILEGES
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}
 GROUP BY GRANTEE
 UNION ALL
SELECT GRANTEE, CONCAT(PRIVILEGE_TYPE, ${giveable}), GROUP_CONCAT(COLUMN_NAME ORDER BY COLUMN_NAME SEPARATOR ', '), NULL
  FROM information_schema.COLUMN_PRIVILEGES
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}
 GROUP BY GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE
 ORDER BY 1, 3`;

const listRow = z.tuple([textCell, textCell, textCell.nullable(), textCell.nullable()]);

/** Null when the server refuses. */
async function readNodeList(
  connection: SqlConnection,
  key: NodeListKey,
  statement: Omit<Statement, 'own'>,
  options: QueryOptions,
): Promise<NodeList | null> {
  const rows = await unlessRefused(connection, options, () =>
    askRows(connection, statement, listRow, options),
  );
  return rows === null ? null : { key, rows: rows.slice(0, maxListRows), total: rows.length };
}

/** The triggers of a table, and who was given rights on it by name, as far as this account may see them. */
export async function readTableLists(
  connection: SqlConnection,
  table: RelationRef,
  options: QueryOptions,
): Promise<NodeList[]> {
  const values = exactValues(table);
  const triggers = await readNodeList(connection, 'triggers', { text: triggersQuery, values }, options);
  const privileges = await readPrivileges(connection, table, options);
  return [...(triggers === null ? [] : [triggers]), ...privileges];
}

/** Routines have no table of rights in the dictionary; who may read the schema `mysql` sees those that were given by name. */
const routinePrivilegesQuery = `
SELECT ${routineGrantee}, ${routinePrivileges}, NULL, NULL
  FROM mysql.procs_priv p
 WHERE p.Routine_type = ? AND ${isExactly('p.Db')} AND ${isExactly('p.Routine_name')}
 ORDER BY 1`;

/** Who was given rights on a routine by name. @param kind as the server calls it: `FUNCTION` */
export async function readRoutinePrivileges(
  connection: SqlConnection,
  kind: string,
  routine: RelationRef,
  options: QueryOptions,
): Promise<NodeList[]> {
  const statement = { text: routinePrivilegesQuery, values: [kind, ...exactValues(routine)] };
  const list = await readNodeList(connection, 'privileges', statement, options);
  return list === null ? [] : [list];
}

/** Who was given rights on a relation by name. */
export async function readPrivileges(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<NodeList[]> {
  const values = [...exactValues(relation), ...exactValues(relation)];
  const list = await readNodeList(connection, 'privileges', { text: privilegesQuery, values }, options);
  return list === null ? [] : [list];
}
