import { z } from 'zod';
import type { NodeDetail, RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { askRows, filledCell, flagCell } from './catalogueRows.ts';
import { exactValues, isExactly, perProduct, quoteName } from './catalogueSql.ts';
import { unescapeExpression } from './columnDefault.ts';

/** An index that is disabled has a comment of the dictionary's own, in one language. */
const indexesQuery = `
SELECT INDEX_NAME, NON_UNIQUE, INDEX_TYPE, COMMENT <> 'disabled',
       ${perProduct({ mysql: "IS_VISIBLE = 'YES'", mariadb: "IGNORED = 'NO'" })},
       COLUMN_NAME, ${perProduct({ mysql: 'EXPRESSION', mariadb: 'NULL' })}, SUB_PART, COLLATION
  FROM information_schema.STATISTICS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}
 ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX`;

const indexRow = z
  .tuple([
    textCell,
    flagCell,
    textCell,
    flagCell,
    flagCell,
    textCell.nullable(),
    textCell.nullable(),
    numberCell.nullable(),
    filledCell,
  ])
  .transform(([name, isRepeatable, type, isValid, isVisible, column, expression, prefix, direction]) => ({
    ...{ name, isRepeatable, type, isValid, isVisible, column, expression, prefix, direction },
  }));

/** One part of an index: a column, its first characters, or an expression. */
export interface IndexPart {
  /** Null for an expression. */
  readonly column: string | null;
  readonly expression: string | null;
  readonly prefix: number | null;
  readonly isDescending: boolean;
}

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  /** `BTREE`, `HASH`, `FULLTEXT`, `SPATIAL`, `VECTOR`. */
  readonly type: string;
  readonly isValid: boolean;
  readonly isVisible: boolean;
  readonly parts: readonly IndexPart[];
}

/** The indexes of a table, its primary key first. */
export async function readIndexes(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<Index[]> {
  const statement = { text: indexesQuery, values: exactValues(relation) };
  const rows = await askRows(connection, statement, indexRow, options);
  const byName = new Map<string, Index & { readonly parts: IndexPart[] }>();
  for (const row of rows) {
    const { name, type, isRepeatable, isValid, isVisible, column, expression, prefix, direction } = row;
    const index = byName.get(name) ?? { name, isUnique: !isRepeatable, type, isValid, isVisible, parts: [] };
    byName.set(name, index);
    index.parts.push({
      column,
      expression: expression === null ? null : unescapeExpression(expression),
      // Of a spatial index it is the size of a rectangle.
      prefix: type === 'SPATIAL' ? null : prefix,
      isDescending: direction === 'D',
    });
  }
  return [...byName.values()];
}

/** The servers give every primary key this name, and no other index. */
export const isPrimary = ({ name }: Index): boolean => name === 'PRIMARY';

/** The unique indexes that say so of whole columns. */
export const keysOf = (indexes: readonly Index[]): readonly Index[] =>
  indexes.filter(
    ({ isUnique, parts }) =>
      isUnique && parts.every(({ column, prefix }) => column !== null && prefix === null),
  );

export function shownIndex(index: Index): NodeDetail['indexes'][number] {
  const { name, isUnique, isValid, isVisible } = index;
  return {
    name,
    definition: indexDefinition(index),
    isUnique,
    isPrimary: isPrimary(index),
    isValid,
    isVisible,
  };
}

const kinds: ReadonlySet<string> = new Set(['FULLTEXT', 'SPATIAL', 'VECTOR']);

/** As `SHOW CREATE TABLE` writes it. */
export function indexDefinition(index: Index): string {
  const parts = `(${index.parts.map(partText).join(', ')})`;
  if (isPrimary(index)) return `PRIMARY KEY ${parts}`;
  const kind = kinds.has(index.type) ? `${index.type} ` : '';
  const method = kind === '' && index.type !== 'BTREE' ? ` USING ${index.type}` : '';
  return `${index.isUnique ? 'UNIQUE ' : kind}KEY ${quoteName(index.name)} ${parts}${method}`;
}

function partText({ column, expression, prefix, isDescending }: IndexPart): string {
  const what = column === null ? `(${expression ?? ''})` : quoteName(column);
  return `${what}${prefix === null ? '' : `(${prefix})`}${isDescending ? ' DESC' : ''}`;
}
