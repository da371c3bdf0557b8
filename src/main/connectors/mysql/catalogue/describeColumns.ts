import { z } from 'zod';
import type { Column, RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { askRows, filledCell, flagCell } from './catalogueRows.ts';
import { exactValues, isExactly, perProduct } from './catalogueSql.ts';
import { columnDefault, unescapeExpression } from './columnDefault.ts';
import type { ForeignKey } from './describeConstraints.ts';
import { type Index, isPrimary, keysOf } from './describeIndexes.ts';

const columnsQuery = `
SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION, COLUMN_COMMENT,
       ${perProduct({ mysql: '1', mariadb: '0' })}
  FROM information_schema.COLUMNS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}
 ORDER BY ORDINAL_POSITION`;

const columnRow = z
  .tuple([
    textCell,
    textCell,
    textCell,
    flagCell,
    textCell.nullable(),
    textCell,
    filledCell,
    filledCell,
    flagCell,
  ])
  .transform(([name, type, dataType, nullable, text, extra, expression, comment, isMysql]) => ({
    ...{ name, type, dataType, nullable, text, extra, expression, comment, isMysql },
  }));

/** A column as the dictionary has it, also one that `SELECT *` leaves out. */
export type DictionaryColumn = z.output<typeof columnRow>;

/** In the order of the table. Empty when there is no such relation, or it is a view that the server cannot resolve. */
export function readColumns(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<DictionaryColumn[]> {
  return askRows(connection, { text: columnsQuery, values: exactValues(relation) }, columnRow, options);
}

const positionsQuery = `
SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION
  FROM information_schema.COLUMNS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const positionRow = z.tuple([textCell, textCell, textCell, numberCell]);

/** Finds the columns of relations, each by its position from 0; -1 for one that is not there. */
export async function readPositions(
  connection: SqlConnection,
  relations: readonly RelationRef[],
  options: QueryOptions,
): Promise<(relation: RelationRef, column: string) => number> {
  const keyOf = ({ schema, name }: RelationRef, column: string) => JSON.stringify([schema, name, column]);
  const asked = [...new Map(relations.map((relation) => [keyOf(relation, ''), relation])).values()];
  if (asked.length === 0) return () => -1;
  const statement = {
    text: asked.map(() => positionsQuery).join('\n UNION ALL'),
    values: asked.flatMap(exactValues),
  };
  const rows = await askRows(connection, statement, positionRow, options);
  const positions = new Map(
    rows.map(([schema, name, column, position]) => [keyOf({ schema, name }, column), position - 1]),
  );
  return (relation, column) => positions.get(keyOf(relation, column)) ?? -1;
}

/** The columns as they are shown, marked with the keys that they are part of. */
export function columnsWithKeys(
  columns: readonly DictionaryColumn[],
  indexes: readonly Index[],
  foreignKeys: readonly ForeignKey[],
): Column[] {
  const primary = indexes.find(isPrimary);
  return columns.map((column) => {
    const { name, type, nullable, extra, comment } = column;
    return {
      name,
      type,
      nullable,
      defaultValue: columnDefault(column),
      isPrimaryKey: primary?.parts.some((part) => part.column === name) ?? false,
      isUnique: keysOf(indexes).some(({ parts }) => parts.length === 1 && parts[0]?.column === name),
      references: foreignKeys.flatMap(({ columns: pairs, to }) =>
        pairs.filter(({ here }) => here === name).map(({ there }) => `${to.schema}.${to.name}.${there}`),
      ),
      isGenerated: column.expression !== null || /\bauto_increment\b/i.test(extra),
      expression: generation(column),
      isVisible: !/\bINVISIBLE\b/.test(extra),
      comment,
    };
  });
}

/** As in the definition of a table: `(price * 2) STORED`. */
function generation({ expression, extra, isMysql }: DictionaryColumn): string | null {
  if (expression === null) return null;
  const text = isMysql ? unescapeExpression(expression) : expression;
  return `${isInParentheses(text) ? text : `(${text})`} ${extra.includes('STORED') ? 'STORED' : 'VIRTUAL'}`;
}

/** Whether one pair of parentheses encloses the whole; those in texts and names do not count. */
function isInParentheses(text: string): boolean {
  if (!text.startsWith('(')) return false;
  const plain = text.replace(/'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`]|``)*`/g, (quoted) =>
    '.'.repeat(quoted.length),
  );
  let depth = 0;
  for (let index = 0; index < plain.length; index += 1) {
    if (plain[index] === '(') depth += 1;
    else if (plain[index] === ')') depth -= 1;
    if (depth === 0) return index === plain.length - 1;
  }
  return false;
}
