import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import {
  type CatalogueNode,
  maxNamesPerBatch,
  type NodeKind,
  nodeKindSchema,
  type SchemaName,
} from '../../../../shared/model/schemaTree.ts';
import type { NameReader } from '../../Catalogue.ts';
import type { QueryOptions, QueryResult, SqlConnection } from '../../Connection.ts';
import { textCell } from '../../sql/askCatalogue.ts';
import { ServerCursor } from '../statements/ServerCursor.ts';
import { estimatedRows, estimatesBelow, ownEstimate } from './estimatedRows.ts';
import { databaseObjectNames, roleNames, schemaObjectNames } from './objectNames.ts';
import { flagCell, parseRows, unknownCatalogue } from './resultRows.ts';

/** Rows that one round trip brings: most databases in one, and a few megabytes at most. */
const namesPerFetch = 20_000;

/** Without the schemas of temporary and of oversized values, which are nobody's to browse. Each row says whether roles may be read. */
const schemasQuery = `
SELECT n.oid, n.nspname,
       n.nspname LIKE 'pg\\_%' OR n.nspname = 'information_schema' AS is_system,
       pg_catalog.obj_description(n.oid, 'pg_namespace'),
       pg_catalog.has_table_privilege('pg_catalog.pg_roles', 'SELECT')
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
 ORDER BY is_system, n.nspname`;

/** Stands in the place of a schema's oid for what belongs to the database. */
const noSchema = '0';

const schemaRow = z.tuple([textCell, textCell, flagCell, textCell.nullable(), flagCell]);

/** One pass over each catalogue, unsorted: who shows the names sorts them as people count. */
const namesQuery = `
WITH RECURSIVE ${estimatesBelow()}
SELECT c.oid::pg_catalog.text, c.relnamespace, c.relname,
       CASE WHEN c.relispartition AND c.relkind <> 'p' THEN 'partition' ELSE c.relkind::pg_catalog.text END,
       NULL::pg_catalog.text, d.description, i.inhparent,
       ${ownEstimate}, b.estimate, b.unknown_count
  FROM pg_catalog.pg_class c
  LEFT JOIN below b ON b.root = c.oid
  LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
  LEFT JOIN pg_catalog.pg_description d
         ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
${[...schemaObjectNames, ...databaseObjectNames]
  .map((query) => `UNION ALL SELECT named.*, NULL, NULL, NULL, NULL FROM (${query}) named`)
  .join('\n')}`;

const columnCount = 10;

/** Relations by `relkind`; the other kinds come under their own names. */
const kindOf: ReadonlyMap<string, NodeKind> = new Map([
  ...nodeKindSchema.options.map((kind) => [kind, kind] as const),
  ['r', 'table'],
  ['p', 'partitioned-table'],
  ['v', 'view'],
  ['m', 'materialized-view'],
  ['f', 'foreign-table'],
]);

/** The names of all that is in a database, through a cursor, so that memory holds a part of them at a time. */
export class PostgresNameReader implements NameReader {
  readonly schemas: readonly SchemaName[];
  readonly #cursor: ServerCursor;
  /** By oid. */
  readonly #schemaNames: ReadonlyMap<string, string>;
  #fetched: QueryResult['rows'] = [];
  #position = 0;
  #isFinished = false;
  /** Roles come last, where they may be read. */
  #hasRoles: boolean;

  private constructor(cursor: ServerCursor, rows: readonly z.output<typeof schemaRow>[]) {
    this.#cursor = cursor;
    this.schemas = rows.map(([, name, isSystem, comment]) => ({ name, comment, isSystem }));
    this.#hasRoles = rows.some(([, , , , maySeeRoles]) => maySeeRoles);
    this.#schemaNames = new Map([[noSchema, ''], ...rows.map(([id, name]) => [id, name] as const)]);
  }

  /** @throws what the queries fail with; no transaction is left open then */
  static async open(connection: SqlConnection, options: QueryOptions): Promise<PostgresNameReader> {
    const cursor = await ServerCursor.open(connection, 'catalogue', namesQuery, options);
    try {
      const schemas = parseRows(await cursor.query({ text: schemasQuery }, options), schemaRow);
      return new PostgresNameReader(cursor, schemas);
    } catch (error) {
      await cursor.close();
      throw error;
    }
  }

  async next(options: QueryOptions): Promise<readonly CatalogueNode[]> {
    while (true) {
      if (this.#position >= this.#fetched.length) {
        if (!this.#isFinished) await this.#fetch(options);
        else if (this.#hasRoles) await this.#fetchRoles(options);
        else return [];
      } else {
        // Rows that are here already would otherwise be dealt with in one turn of the event loop.
        await nextTurn();
      }
      const rows = this.#fetched.slice(this.#position, this.#position + maxNamesPerBatch);
      this.#position += rows.length;
      const names: CatalogueNode[] = [];
      for (const row of rows) {
        const node = nodeOf(row, this.#schemaNames);
        if (node !== null) names.push(node);
      }
      if (names.length > 0) return names;
    }
  }

  async close(): Promise<void> {
    this.#isFinished = true;
    this.#hasRoles = false;
    this.#fetched = [];
    await this.#cursor.close();
  }

  async #fetch(options: QueryOptions): Promise<void> {
    this.#fetched = await this.#cursor.fetch(namesPerFetch, options);
    this.#position = 0;
    this.#isFinished = this.#fetched.length < namesPerFetch;
  }

  async #fetchRoles(options: QueryOptions): Promise<void> {
    this.#hasRoles = false;
    const { rows } = await this.#cursor.query({ text: roleNames }, options);
    this.#fetched = rows;
    this.#position = 0;
  }
}

/**
 * By hand, because checking each of ten thousand rows with a schema takes longer than reading them does. Null for a
 * node in a schema that is not shown.
 * @throws PROTOCOL_ERROR for a row that is not what the query promises
 */
function nodeOf(
  row: readonly (string | null)[],
  schemaNames: ReadonlyMap<string, string>,
): CatalogueNode | null {
  const [id, schemaId, name, kindCode, qualifier, comment, parentId, own, below, unknownBelow] = row;
  if (row.length !== columnCount || !isText(id) || !isText(schemaId) || !isText(name) || !isText(kindCode)) {
    throw unknownCatalogue(null);
  }
  const kind = kindOf.get(kindCode);
  if (kind === undefined) throw unknownCatalogue(null);
  const schema = schemaNames.get(schemaId);
  if (schema === undefined) return null;
  const estimates = { own: numberOf(own), below: numberOf(below), unknownBelow: numberOf(unknownBelow) };
  return {
    id,
    schema,
    name,
    kind,
    ...(isText(qualifier) && { qualifier }),
    comment: comment ?? null,
    rows: kind === 'view' ? null : estimatedRows(estimates, kind !== 'partitioned-table'),
    parentId: parentId ?? null,
  };
}

const isText = (cell: string | null | undefined): cell is string => typeof cell === 'string';

function numberOf(cell: string | null | undefined): number | null {
  if (cell === null || cell === undefined) return null;
  const value = Number(cell);
  if (!Number.isFinite(value)) throw unknownCatalogue(null);
  return value;
}
