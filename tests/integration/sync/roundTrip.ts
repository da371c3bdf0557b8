import { neverAborted } from '../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import type { Row } from '../../../src/main/connectors/RowStream.ts';
import type { ColumnTypes, TableWriter } from '../../../src/main/connectors/TableWriter.ts';
import type { RelationRef } from '../../../src/shared/model/schemaTree.ts';
import { encodedRows } from '../../support/encodedRows.ts';

export const quiet = { signal: neverAborted };

/** A column of values, with its type as the engine declares it. */
export type TypedColumn = readonly [name: string, declared: string];

/** Each value as canonical text, and that as the text that the server reads. @throws for a value that is lost */
export function thereAndBack(
  types: ColumnTypes,
  columns: readonly TypedColumn[],
  rows: readonly Row[],
): Row[] {
  const converters = columns.map(([name, declared]) => {
    const type = types.logical(declared);
    const [there, back] = [types.toCanonical(type, declared), types.fromCanonical(type, declared)];
    return (text: string): string =>
      [there, back].reduce((value, converter) => {
        const converted = converter?.(value) ?? value;
        if (typeof converted !== 'string') throw new Error(`${name}: ${value}: ${converted.lost}`);
        return converted;
      }, text);
  });
  return rows.map((cells) =>
    cells.map((cell, index) => (cell === null ? null : (converters[index]?.(cell) ?? cell))),
  );
}

/** Writes rows to a table, in the way that pipelines do. */
export async function load(
  writer: TableWriter,
  session: SqlConnection,
  relation: RelationRef,
  columns: readonly TypedColumn[],
  rows: readonly Row[],
): Promise<void> {
  const target = {
    relation,
    columns: columns.map(([name, declared]) => ({ name, declared, isIdentityAlways: false })),
  };
  await writer.load(session, target, encodedRows(rows), quiet);
}
