import type { SearchPlace } from '../../../../../shared/model/schemaSearch.ts';
import { perProduct, systemSchemaList } from '../catalogueSql.ts';

/** Rows of one list of the dictionary, with a text of each: expressions, and where they stand. */
interface Found {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
  /** What of the object the text belongs to; absent for the object itself. */
  readonly part?: { readonly kind: string; readonly name: string };
  readonly text: string;
  readonly from: string;
  readonly where?: string;
  readonly groupBy?: string;
}

/** In one character set and collation, which tells large letters from small ones: the dictionary has several. */
const asText = (sql: string): string => `CONVERT(${sql} USING utf8mb4) COLLATE utf8mb4_bin`;

function foundSql({ kind, schema, name, part, text, from, where, groupBy }: Found): string {
  const cells = {
    ...{ kind, place: schema, name, text },
    part: part === undefined ? 'NULL' : `'${part.kind}'`,
    part_name: part?.name ?? 'NULL',
  };
  return `
  SELECT ${Object.entries(cells)
    .map(([alias, sql]) => `${asText(sql)} AS ${alias}`)
    .join(', ')}
    FROM information_schema.${from}
   WHERE ${schema} NOT IN (${systemSchemaList})${where === undefined ? '' : ` AND ${where}`}
   ${groupBy === undefined ? '' : `GROUP BY ${groupBy}`}`;
}

const tables = {
  kind: "CASE TABLE_TYPE WHEN 'VIEW' THEN 'view' WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END",
  ...{ schema: 'TABLE_SCHEMA', name: 'TABLE_NAME', from: 'TABLES' },
  where: "TABLE_TYPE NOT LIKE 'TEMPORARY%'",
};

/** The dictionary does not say of which kind of relation they are; the names of the tree do. */
const columns = {
  ...{ kind: "'table'", schema: 'TABLE_SCHEMA', name: 'TABLE_NAME', from: 'COLUMNS' },
  part: { kind: 'column', name: 'COLUMN_NAME' },
};

const routines = {
  kind: 'LOWER(ROUTINE_TYPE)',
  ...{ schema: 'ROUTINE_SCHEMA', name: 'ROUTINE_NAME', from: 'ROUTINES' },
  where: "ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE')",
};

const parameters = {
  kind: 'LOWER(ROUTINE_TYPE)',
  ...{ schema: 'SPECIFIC_SCHEMA', name: 'SPECIFIC_NAME', from: 'PARAMETERS' },
  part: { kind: 'argument', name: 'PARAMETER_NAME' },
  where: "ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') AND PARAMETER_NAME IS NOT NULL",
};

const triggers = { kind: "'trigger'", schema: 'TRIGGER_SCHEMA', name: 'TRIGGER_NAME', from: 'TRIGGERS' };

const events = { kind: "'event'", schema: 'EVENT_SCHEMA', name: 'EVENT_NAME', from: 'EVENTS' };

/** A row for each column of each index. */
const indexColumns = {
  ...{ kind: "'table'", schema: 'TABLE_SCHEMA', name: 'TABLE_NAME', from: 'STATISTICS' },
  part: { kind: 'index', name: 'INDEX_NAME' },
};

const foreignKeys = {
  ...{ kind: "'table'", schema: 'TABLE_SCHEMA', name: 'TABLE_NAME' },
  part: { kind: 'constraint', name: 'CONSTRAINT_NAME' },
  from: 'KEY_COLUMN_USAGE',
  where: 'REFERENCED_TABLE_NAME IS NOT NULL',
};

const checks = {
  ...{ kind: "'table'", schema: 'c.CONSTRAINT_SCHEMA', name: 'TABLE_NAME' },
  part: { kind: 'constraint', name: 'c.CONSTRAINT_NAME' },
  from: `CHECK_CONSTRAINTS c ${perProduct({
    mysql: `JOIN information_schema.TABLE_CONSTRAINTS t
              ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
             AND t.CONSTRAINT_TYPE = 'CHECK'`,
    mariadb: '',
  })}`,
};

const joined = (column: string, order: string): string =>
  `GROUP_CONCAT(${column} ORDER BY ${order} SEPARATOR ', ')`;

const perPart = (part: string): string => `TABLE_SCHEMA, TABLE_NAME, ${part}`;

/**
 * Of each place, its texts in one statement or more, the quickest first: for what is in tables MariaDB opens each table,
 * and the list of checks is not in the first releases of MySQL 8.0.
 */
export const placesSql: Readonly<Record<SearchPlace, readonly (readonly string[])[]>> = {
  names: [
    [tables, routines, triggers, events].map((place) => foundSql({ ...place, text: place.name })),
    [
      foundSql({
        ...{ ...indexColumns, text: 'INDEX_NAME', where: "INDEX_NAME <> 'PRIMARY'" },
        groupBy: perPart('INDEX_NAME'),
      }),
      foundSql({
        ...{ ...foreignKeys, from: 'TABLE_CONSTRAINTS', text: 'CONSTRAINT_NAME' },
        where: "CONSTRAINT_TYPE IN ('FOREIGN KEY', 'CHECK')",
      }),
    ],
  ],
  columns: [
    [foundSql({ ...columns, text: 'COLUMN_NAME' }), foundSql({ ...parameters, text: 'PARAMETER_NAME' })],
  ],
  comments: [
    [
      // Where there is no engine, the comment is the dictionary's own words.
      foundSql({ ...tables, text: 'TABLE_COMMENT', where: `${tables.where} AND ENGINE IS NOT NULL` }),
      foundSql({ ...routines, text: 'ROUTINE_COMMENT' }),
      foundSql({ ...events, text: 'EVENT_COMMENT' }),
    ],
    [
      foundSql({ ...columns, text: 'COLUMN_COMMENT' }),
      foundSql({
        ...{ ...indexColumns, text: 'MAX(INDEX_COMMENT)', where: "INDEX_COMMENT <> ''" },
        groupBy: perPart('INDEX_NAME'),
      }),
    ],
  ],
  definitions: [
    [
      foundSql({ ...routines, text: 'ROUTINE_DEFINITION' }),
      foundSql({ ...triggers, text: 'ACTION_STATEMENT' }),
      foundSql({ ...events, text: 'EVENT_DEFINITION' }),
    ],
    [
      foundSql({
        ...{ kind: "'view'", schema: 'TABLE_SCHEMA', name: 'TABLE_NAME' },
        ...{ text: 'VIEW_DEFINITION', from: 'VIEWS' },
      }),
      foundSql({
        ...columns,
        text: "CONCAT_WS(' ', IF(DATA_TYPE IN ('enum', 'set'), COLUMN_TYPE, NULL), COLUMN_DEFAULT, GENERATION_EXPRESSION)",
      }),
      foundSql({
        ...indexColumns,
        text: joined('COLUMN_NAME', 'SEQ_IN_INDEX'),
        groupBy: perPart('INDEX_NAME'),
      }),
      foundSql({
        ...foreignKeys,
        text: `CONCAT('FOREIGN KEY (', ${joined('COLUMN_NAME', 'ORDINAL_POSITION')}, ') REFERENCES ', MAX(REFERENCED_TABLE_SCHEMA),
          '.', MAX(REFERENCED_TABLE_NAME), ' (', ${joined('REFERENCED_COLUMN_NAME', 'ORDINAL_POSITION')}, ')')`,
        groupBy: perPart('CONSTRAINT_NAME'),
      }),
    ],
    [foundSql({ ...checks, text: "CONCAT('CHECK (', CHECK_CLAUSE, ')')" })],
  ],
};
