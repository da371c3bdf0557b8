import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { askRows, filledCell } from './catalogueRows.ts';
import { isExactly, quoteName, quoteRelation } from './catalogueSql.ts';

/**
 * A partition's name is unique in its table only, and a node's in its schema: so the table stands in front of it.
 * A dot may be part of either, therefore what a name means is asked, not guessed.
 */
export const partitionNodeName = (table: string, partition: string): string => `${table}.${partition}`;

/** A partition that there is. */
export interface Partition {
  readonly table: RelationRef;
  readonly name: string;
  /** As a definition has it: `RANGE (id) VALUES LESS THAN (100)`. */
  readonly rule: string;
  readonly dataSize: number | null;
  readonly indexSize: number | null;
  /** Seconds since 1970. */
  readonly created: number | null;
}

/** One table by its full name, which is what MariaDB looks up without opening the others. Subpartitions are added up. */
const partitionQuery = `
SELECT TABLE_NAME, PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, PARTITION_DESCRIPTION,
       SUM(DATA_LENGTH), SUM(INDEX_LENGTH), UNIX_TIMESTAMP(MAX(CREATE_TIME))
  FROM information_schema.PARTITIONS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')} AND PARTITION_NAME = ?
 GROUP BY TABLE_NAME, PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, PARTITION_DESCRIPTION`;

const partitionRow = z.tuple([
  textCell,
  textCell,
  textCell,
  filledCell,
  filledCell,
  numberCell.nullable(),
  numberCell.nullable(),
  numberCell.nullable(),
]);

/** The partition that a node's name means; null when there is none. */
export async function findPartition(
  connection: SqlConnection,
  { schema, name }: RelationRef,
  options: QueryOptions,
): Promise<Partition | null> {
  const candidates = [...name.matchAll(/\./g)].map(({ index }) => ({
    table: name.slice(0, index),
    partition: name.slice(index + 1),
  }));
  if (candidates.length === 0) return null;
  const statement = {
    text: candidates.map(() => partitionQuery).join('\n UNION ALL'),
    values: candidates.flatMap(({ table, partition }) => [schema, schema, table, table, partition]),
  };
  const [row] = await askRows(connection, statement, partitionRow, options);
  if (row === undefined) return null;
  const [table, partition, method, expression, description, dataSize, indexSize, created] = row;
  const rule = [method, expression === null ? null : `(${expression})`, valuesText(method, description)];
  return {
    table: { schema, name: table },
    name: partition,
    rule: rule.filter((part) => part !== null).join(' '),
    ...{ dataSize, indexSize, created },
  };
}

function valuesText(method: string, description: string | null): string | null {
  if (description === null) return null;
  if (method.startsWith('RANGE')) return `VALUES LESS THAN (${description})`;
  return method.startsWith('LIST') ? `VALUES IN (${description})` : description;
}

/** For a FROM clause. */
export const quotePartition = ({ table, name }: Partition): string =>
  `${quoteRelation(table)} PARTITION (${quoteName(name)})`;
