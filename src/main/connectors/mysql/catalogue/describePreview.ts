import { z } from 'zod';
import type { PreviewRelation, SchemaPreview } from '../../../../shared/model/testReport.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows } from './catalogueRows.ts';
import { isExactly, quoteRelation, systemSchemaList } from './catalogueSql.ts';
import { type PreviewFigures, readPreviewFigures } from './previewFigures.ts';

const maxRelationCount = 100;
const maxOtherSchemaCount = 5;
/** Counting may take this long; else estimates have to do. */
const countTimeoutMs = 1_500;
/** Opening a table costs the server more than counting its few rows. */
const maxCountedRelations = 20;
/** Above these a table is not small: its estimate says enough. */
const maxCountedRows = 10_000;
const maxCountedBytes = 16 * 1024 * 1024;

/** In a schema of more tables than these MariaDB looks each shown one up by itself, rather than open all. */
const maxOpenedTables = 500;

/**
 * Schemas that hold relations; those of the system only when one of them is the current one. By the bytes of the names:
 * to MariaDB `shop` and `Shop` would be one group.
 */
const schemasQuery = `
SELECT MIN(TABLE_SCHEMA), COUNT(*)
  FROM information_schema.TABLES
 WHERE TABLE_SCHEMA NOT IN (${systemSchemaList}) OR TABLE_SCHEMA = DATABASE()
 GROUP BY CAST(TABLE_SCHEMA AS BINARY)
 ORDER BY 2 DESC, 1`;

const schemaRow = z.tuple([textCell, numberCell]);

/** By name alone, which no table has to be opened for. */
const shownQuery = `
SELECT TABLE_NAME
  FROM information_schema.TABLES
 WHERE ${isExactly('TABLE_SCHEMA')}
 ORDER BY TABLE_NAME
 LIMIT ${maxRelationCount}`;

const shownRow = z.tuple([textCell]);

/** What is known of the session already. */
export interface PreviewedServer {
  /** The current one; null when none is chosen. */
  readonly database: string | null;
  /** In contrast to MariaDB; null when it refused to say. */
  readonly isMysql: boolean | null;
}

/**
 * The current database, and where the other tables are. Small tables are counted where that is little work, the others
 * estimated. Null when the server refused to list them.
 */
export async function describePreview(
  connection: SqlConnection,
  { database, isMysql }: PreviewedServer,
  options: QueryOptions,
): Promise<SchemaPreview | null> {
  return unlessRefused(connection, options, async () => {
    const schemas = await askRows(connection, { text: schemasQuery }, schemaRow, options);
    const relationCount = schemas.find(([name]) => name === database)?.[1] ?? 0;
    const others = schemas.filter(([name]) => name !== database);
    const isOneByOne = isMysql !== true && relationCount > maxOpenedTables;
    return {
      schema: database,
      relations: database === null ? [] : await shownRelations(connection, database, isOneByOne, options),
      relationCount,
      otherSchemas: others
        .slice(0, maxOtherSchemaCount)
        .map(([name, count]) => ({ name, relationCount: count })),
      otherSchemaCount: others.length,
      otherRelationCount: others.reduce((sum, [, count]) => sum + count, 0),
    };
  });
}

async function shownRelations(
  connection: SqlConnection,
  schema: string,
  isOneByOne: boolean,
  options: QueryOptions,
): Promise<PreviewRelation[]> {
  const statement = { text: shownQuery, values: [schema, schema] };
  const names = (await askRows(connection, statement, shownRow, options)).map(([name]) => name);
  if (names.length === 0) return [];
  const figures = await readPreviewFigures(connection, { schema, names, isOneByOne }, options);
  const counts = await countSmall(connection, schema, figures, options);
  return figures.map(({ name, columnCount, rows, isView }): PreviewRelation => {
    const counted = counts.get(name);
    if (counted !== undefined) return { name, columnCount, rows: { value: counted, accuracy: 'exact' } };
    const isKnown = rows > 0 && !isView;
    return { name, columnCount, rows: isKnown ? { value: rows, accuracy: 'estimate' } : null };
  });
}

const isSmall = ({ isView, rows, size }: PreviewFigures): boolean =>
  !isView && rows < maxCountedRows && size < maxCountedBytes;

const countRow = z.tuple([numberCell, numberCell]);

/**
 * Counts in one statement. Where there are many small tables, those go first of which nothing is known.
 * @returns the counts by name
 */
async function countSmall(
  connection: SqlConnection,
  schema: string,
  relations: readonly PreviewFigures[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number>> {
  const small = relations.filter(isSmall);
  const isFew = small.length <= maxCountedRelations;
  const chosen = (isFew ? small : small.filter(({ rows }) => rows === 0)).slice(0, maxCountedRelations);
  if (chosen.length === 0) return new Map();
  const counts = chosen.map(
    ({ name }, index) => `SELECT ${index}, COUNT(*) FROM ${quoteRelation({ schema, name })}`,
  );
  const limited = { ...options, timeoutMs: countTimeoutMs };
  const rows = await unlessRefused(connection, limited, async () => {
    const text = counts.join(' UNION ALL ');
    const answer = await connection.query({ text, own: { reads: 'rows' } }, limited);
    return z.array(countRow).parse(answer.rows);
  });
  return new Map(rows?.map(([index, count]) => [chosen[index]?.name ?? '', count]));
}
