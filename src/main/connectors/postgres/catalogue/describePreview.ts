import { z } from 'zod';
import type { PreviewRelation, SchemaPreview } from '../../../../shared/model/testReport.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import {
  type Answers,
  numberCell,
  runCatalogueStatement,
  textCell,
  unlessRefused,
} from '../../sql/askCatalogue.ts';
import { quoteRelation } from '../postgresDialect.ts';
import { currentSchemaSql } from '../statements/statementFrame.ts';
import { type Estimates, estimatedRows, estimatesBelow, ownEstimate } from './estimatedRows.ts';
import { jsonCell, parseRows } from './resultRows.ts';

const maxRelationCount = 100;
const maxOtherSchemaCount = 5;
/** Counting may take this long; else estimates have to do. */
const countTimeoutMs = 1_500;
/** Opening a table for the first time in a session costs the server more than counting its few rows. */
const maxCountedRelations = 20;
/** Above these a table is not small: its estimate says enough. */
const maxCountedRows = 10_000;
const maxCountedPages = 2_000;

const isShown = `c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition`;

const shownQuery = `
SELECT c.oid::pg_catalog.text AS id,
       c.relname AS name,
       c.relkind AS kind,
       (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS "columnCount",
       ${ownEstimate} AS own,
       c.relpages AS "pageCount",
       c.relhassubclass AS "hasMembers",
       c.relispopulated AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS "isReadable"
  FROM pg_catalog.pg_class c
 WHERE c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = ${currentSchemaSql})
   AND ${isShown}
 ORDER BY c.relname
 LIMIT ${maxRelationCount}`;

/** Schemas that hold relations; those of the system only when one of them is the current one. */
const filledSchemasQuery = `
SELECT n.nspname AS name, f.count AS "relationCount"
  FROM (SELECT c.relnamespace AS id, pg_catalog.count(*) AS count
          FROM pg_catalog.pg_class c WHERE ${isShown} GROUP BY c.relnamespace) f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.id
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' OR n.nspname = ${currentSchemaSql}
 ORDER BY f.count DESC, n.nspname`;

const shownSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  columnCount: z.int(),
  own: z.number().nullable(),
  pageCount: z.int(),
  /** It is or was a partitioned table or an inheritance parent. */
  hasMembers: z.boolean(),
  isReadable: z.boolean(),
});

const asJson = (query: string): string =>
  `coalesce((SELECT pg_catalog.json_agg(pg_catalog.row_to_json(q)) FROM (${query}) q), '[]')`;

/** What the preview is made of; asked together with the facts about the server. */
export const previewFacts = {
  currentSchema: { sql: currentSchemaSql, cell: textCell },
  shown: { sql: asJson(shownQuery), cell: jsonCell(z.array(shownSchema)) },
  filledSchemas: {
    sql: asJson(filledSchemasQuery),
    cell: jsonCell(z.array(z.object({ name: z.string(), relationCount: z.int() }))),
  },
} as const;

/**
 * The first schema of the search path that exists, and where the other tables are. Small tables are counted where that
 * is little work, the others estimated. Null when the server refused to list them.
 */
export async function describePreview(
  connection: SqlConnection,
  { currentSchema, shown, filledSchemas }: Answers<typeof previewFacts>,
  options: QueryOptions,
): Promise<SchemaPreview | null> {
  if (shown === null || filledSchemas === null) return null;
  const estimated = await withEstimates(connection, shown, options);
  const counts = await countSmall(connection, currentSchema ?? '', estimated, options);
  const others = filledSchemas.filter(({ name }) => name !== currentSchema);
  return {
    schema: currentSchema,
    relations: estimated.map(({ relation: { id, name, columnCount }, rows }): PreviewRelation => {
      const counted = counts.get(id);
      return {
        name,
        columnCount,
        rows: counted === undefined ? rows : { value: counted, accuracy: 'exact' },
      };
    }),
    relationCount: filledSchemas.find(({ name }) => name === currentSchema)?.relationCount ?? 0,
    otherSchemas: others.slice(0, maxOtherSchemaCount),
    otherSchemaCount: others.length,
    otherRelationCount: others.reduce((sum, { relationCount }) => sum + relationCount, 0),
  };
}

type ShownRelation = z.output<typeof shownSchema>;

interface EstimatedRelation {
  readonly relation: ShownRelation;
  readonly rows: PreviewRelation['rows'];
  /** With the relations below it. */
  readonly pageCount: number;
}

const countRow = z.tuple([textCell, numberCell]);
const belowRow = z.tuple([textCell, numberCell.nullable(), numberCell, numberCell]);

/** A statement of its own, and only where a table has others below it: most schemas have none. */
async function withEstimates(
  connection: SqlConnection,
  shown: readonly ShownRelation[],
  options: QueryOptions,
): Promise<readonly EstimatedRelation[]> {
  const parents = shown.filter(({ hasMembers }) => hasMembers).map(({ id }) => id);
  const below = new Map<string, { estimates: Omit<Estimates, 'own'>; pageCount: number }>();
  if (parents.length > 0) {
    const text = `WITH RECURSIVE ${estimatesBelow(`WHERE i.inhparent IN (${parents.map(Number)})`)}
SELECT b.root, b.estimate, b.unknown_count, b.page_count FROM below b`;
    const rows = await unlessRefused(connection, options, async () =>
      parseRows(await runCatalogueStatement(connection, { text }, options), belowRow),
    );
    for (const [id, estimate, unknownCount, pageCount] of rows ?? []) {
      below.set(id, { estimates: { below: estimate, unknownBelow: unknownCount }, pageCount });
    }
  }
  return shown.map((relation) => {
    const found = below.get(relation.id);
    const estimates = found?.estimates ?? { below: null, unknownBelow: null };
    return {
      relation,
      rows: estimatedRows({ own: relation.own, ...estimates }, relation.kind !== 'p'),
      pageCount: relation.pageCount + (found?.pageCount ?? 0),
    };
  });
}

function isSmall({ relation: { kind, isReadable }, rows, pageCount }: EstimatedRelation): boolean {
  const isTable = kind === 'r' || kind === 'p' || kind === 'm';
  const isFewRows = rows === null || rows.value < maxCountedRows;
  return isTable && isReadable && isFewRows && pageCount < maxCountedPages;
}

/** Counts in one statement. Where there are many small tables, those go first of which nothing whole is known. */
async function countSmall(
  connection: SqlConnection,
  schema: string,
  relations: readonly EstimatedRelation[],
  options: QueryOptions,
): Promise<ReadonlyMap<string, number>> {
  const small = relations.filter(isSmall);
  const isFew = small.length <= maxCountedRelations;
  const chosen = (isFew ? small : small.filter(({ rows }) => rows?.accuracy !== 'estimate')).slice(
    0,
    maxCountedRelations,
  );
  if (chosen.length === 0) return new Map();
  const counts = chosen.map(
    ({ relation: { id, name } }) =>
      `SELECT ${Number(id)}, pg_catalog.count(*) FROM ${quoteRelation({ schema, name })}`,
  );
  const limited = { ...options, timeoutMs: countTimeoutMs };
  const rows = await unlessRefused(connection, limited, async () =>
    parseRows(
      await connection.query({ text: counts.join(' UNION ALL '), own: { reads: 'rows' } }, limited),
      countRow,
    ),
  );
  return new Map(rows ?? []);
}
