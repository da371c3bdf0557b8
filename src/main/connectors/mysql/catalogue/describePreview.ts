import { z } from 'zod';
import type { PreviewRelation, SchemaPreview } from '../../../../shared/model/testReport.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, readRows, textCell, unlessRefused } from './catalogueRows.ts';
import { exactValues, isExactly, quoteRelation, systemSchemaList } from './catalogueSql.ts';
import { renewStatistics } from './tableFigures.ts';

const maxRelationCount = 100;
const maxOtherSchemaCount = 5;
/** Counting may take this long; else estimates have to do. */
const countTimeoutMs = 1_500;
/** Opening a table costs the server more than counting its few rows. */
const maxCountedRelations = 20;
/** Above these a table is not small: its estimate says enough. */
const maxCountedRows = 10_000;
const maxCountedBytes = 16 * 1024 * 1024;

/** Schemas that hold relations, the current one marked; those of the system only when one of them is the current one. */
const schemasQuery = `
SELECT TABLE_SCHEMA, COUNT(*), COALESCE(TABLE_SCHEMA = DATABASE(), 0)
  FROM information_schema.TABLES
 WHERE TABLE_SCHEMA NOT IN (${systemSchemaList}) OR TABLE_SCHEMA = DATABASE()
 GROUP BY TABLE_SCHEMA
 ORDER BY 2 DESC, 1`;

const schemaRow = z.tuple([textCell, numberCell, numberCell]);

/** By name alone, which no table has to be opened for. */
const shownQuery = `
SELECT TABLE_NAME
  FROM information_schema.TABLES
 WHERE TABLE_SCHEMA = ?
 ORDER BY TABLE_NAME
 LIMIT ${maxRelationCount}`;

/** One relation by its full name, which is what MariaDB looks up without opening the others. */
const figuresQuery = `
SELECT TABLE_NAME, TABLE_TYPE LIKE '%VIEW%', TABLE_ROWS, DATA_LENGTH,
       (SELECT COUNT(*) FROM information_schema.COLUMNS
         WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')})
  FROM information_schema.TABLES
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const figuresRow = z
  .tuple([textCell, numberCell, numberCell.nullable(), numberCell.nullable(), numberCell])
  .transform(([name, isView, rows, size, columnCount]) => ({
    ...{ name, isView: isView === 1, rows: rows ?? 0, size: size ?? 0, columnCount },
  }));

type Figures = z.output<typeof figuresRow>;

/**
 * The current database, and where the other tables are. Small tables are counted where that is little work, the others
 * estimated. Null when the server refused to list them.
 */
export async function describePreview(
  connection: SqlConnection,
  current: string | null,
  options: QueryOptions,
): Promise<SchemaPreview | null> {
  return unlessRefused(connection, options, async () => {
    const schemas = await readRows(connection, { text: schemasQuery }, schemaRow, options);
    const others = schemas.filter(([, , isCurrent]) => isCurrent === 0);
    return {
      schema: current,
      relations: current === null ? [] : await shownRelations(connection, current, options),
      relationCount: schemas.find(([, , isCurrent]) => isCurrent === 1)?.[1] ?? 0,
      otherSchemas: others
        .slice(0, maxOtherSchemaCount)
        .map(([name, relationCount]) => ({ name, relationCount })),
      otherSchemaCount: others.length,
      otherRelationCount: others.reduce((sum, [, relationCount]) => sum + relationCount, 0),
    };
  });
}

async function shownRelations(
  connection: SqlConnection,
  schema: string,
  options: QueryOptions,
): Promise<PreviewRelation[]> {
  const names = await readRows(
    connection,
    { text: shownQuery, values: [schema] },
    z.tuple([textCell]),
    options,
  );
  if (names.length === 0) return [];
  await renewStatistics(connection, options);
  const statement = {
    text: names.map(() => figuresQuery).join('\n UNION ALL'),
    values: names.flatMap(([name]) => [...exactValues({ schema, name }), ...exactValues({ schema, name })]),
  };
  const figures = await readRows(connection, statement, figuresRow, options);
  const counts = await countSmall(connection, schema, figures, options);
  return figures.map(({ name, columnCount, rows, isView }): PreviewRelation => {
    const counted = counts.get(name);
    if (counted !== undefined) return { name, columnCount, rows: { value: counted, accuracy: 'exact' } };
    const isKnown = rows > 0 && !isView;
    return { name, columnCount, rows: isKnown ? { value: rows, accuracy: 'estimate' } : null };
  });
}

const isSmall = ({ isView, rows, size }: Figures): boolean =>
  !isView && rows < maxCountedRows && size < maxCountedBytes;

const countRow = z.tuple([numberCell, numberCell]);

/**
 * Counts in one statement. Where there are many small tables, those go first of which nothing is known.
 * @returns the counts by name
 */
async function countSmall(
  connection: SqlConnection,
  schema: string,
  relations: readonly Figures[],
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
