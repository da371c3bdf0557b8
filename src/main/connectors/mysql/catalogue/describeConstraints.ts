import { z } from 'zod';
import type { NodeDetail, RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell } from '../../sql/askCatalogue.ts';
import { askRows, flagCell } from './catalogueRows.ts';
import { exactValues, isExactly, perProduct, quoteName, quoteRelation } from './catalogueSql.ts';
import { unescapeExpression } from './columnDefault.ts';
import { type Index, indexDefinition, isPrimary } from './describeIndexes.ts';

/** Both sides by name, so that MariaDB opens one table for each and not all of them. */
const foreignKeysQuery = `
SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME,
       r.DELETE_RULE, r.UPDATE_RULE
  FROM information_schema.KEY_COLUMN_USAGE k
  JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
 WHERE ${isExactly('k.TABLE_SCHEMA')} AND ${isExactly('k.TABLE_NAME')}
   AND ${isExactly('r.CONSTRAINT_SCHEMA')} AND ${isExactly('r.TABLE_NAME')}
   AND k.REFERENCED_TABLE_NAME IS NOT NULL
 ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION`;

const foreignKeyRow = z.tuple([textCell, textCell, textCell, textCell, textCell, textCell, textCell]);

/** A name is unique in a schema on MySQL, and in a table on MariaDB. */
const checksQuery = `
SELECT c.CONSTRAINT_NAME, c.CHECK_CLAUSE,
       ${perProduct({ mysql: "t.ENFORCED = 'YES'", mariadb: '1' })}, ${perProduct({ mysql: '1', mariadb: '0' })}
  FROM information_schema.CHECK_CONSTRAINTS c
       ${perProduct({
         mysql: `JOIN information_schema.TABLE_CONSTRAINTS t
                   ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
                  AND t.CONSTRAINT_TYPE = 'CHECK'`,
         mariadb: '',
       })}
 WHERE ${isExactly('c.CONSTRAINT_SCHEMA')}
   AND ${isExactly(perProduct({ mysql: 't.TABLE_NAME', mariadb: 'c.TABLE_NAME' }))}
 ORDER BY c.CONSTRAINT_NAME`;

const checkRow = z.tuple([textCell, textCell, flagCell, flagCell]);

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly { readonly here: string; readonly there: string }[];
  readonly to: RelationRef;
  readonly onDelete: string;
  readonly onUpdate: string;
}

type Constraint = NodeDetail['constraints'][number];

export async function readForeignKeys(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<ForeignKey[]> {
  const values = [...exactValues(relation), ...exactValues(relation)];
  const rows = await askRows(connection, { text: foreignKeysQuery, values }, foreignKeyRow, options);
  const byName = new Map<string, ForeignKey & { readonly columns: { here: string; there: string }[] }>();
  for (const [name, here, schema, table, there, onDelete, onUpdate] of rows) {
    const key = byName.get(name) ?? { name, columns: [], to: { schema, name: table }, onDelete, onUpdate };
    byName.set(name, key);
    key.columns.push({ here, there });
  }
  return [...byName.values()];
}

export async function readChecks(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<Constraint[]> {
  const statement = { text: checksQuery, values: exactValues(relation) };
  const rows = await askRows(connection, statement, checkRow, options);
  return rows.map(([name, clause, isEnforced, isMysql]) => {
    const condition = isMysql ? unescapeExpression(clause) : `(${clause})`;
    return { name, kind: 'check', definition: `CHECK ${condition}${isEnforced ? '' : ' NOT ENFORCED'}` };
  });
}

/** Primary, unique and foreign keys as they are shown. */
export function keyConstraints(
  relation: RelationRef,
  indexes: readonly Index[],
  foreignKeys: readonly ForeignKey[],
): Constraint[] {
  const unique = indexes.filter(({ isUnique }) => isUnique);
  return [
    ...unique.map(
      (index): Constraint => ({
        name: index.name,
        kind: isPrimary(index) ? 'primary' : 'unique',
        definition: indexDefinition(index),
      }),
    ),
    ...foreignKeys.map(
      (key): Constraint => ({ name: key.name, kind: 'foreign', definition: foreignKeyText(relation, key) }),
    ),
  ];
}

/** What happens where nothing is said; on InnoDB the two are the same. */
const silentRules: ReadonlySet<string> = new Set(['NO ACTION', 'RESTRICT']);

function foreignKeyText(relation: RelationRef, { columns, to, onDelete, onUpdate }: ForeignKey): string {
  const here = columns.map((column) => quoteName(column.here)).join(', ');
  const there = columns.map((column) => quoteName(column.there)).join(', ');
  const target = to.schema === relation.schema ? quoteName(to.name) : quoteRelation(to);
  const rules = [
    silentRules.has(onDelete) ? '' : ` ON DELETE ${onDelete}`,
    silentRules.has(onUpdate) ? '' : ` ON UPDATE ${onUpdate}`,
  ];
  return `FOREIGN KEY (${here}) REFERENCES ${target} (${there})${rules.join('')}`;
}
