import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection, Statement } from '../../Connection.ts';
import type { Row } from '../../RowStream.ts';
import { runCatalogueStatement } from '../../sql/askCatalogue.ts';

/** Rows that one call brings from a stream. */
const rowsPerRead = 1_000;

/** A condition, or a switch: MariaDB has some as words. */
export const flagCell = z.string().transform((text) => !/^(?:0|NO|OFF)$/i.test(text));

/** Text, with the empty one as null. */
export const filledCell = z
  .string()
  .nullable()
  .transform((text) => (text === '' ? null : text));

const own = { reads: 'catalogue' } as const;

/** The rows of a small answer as the statement promises them. @throws PROTOCOL_ERROR for an answer that is different */
export async function askRows<Cells>(
  connection: SqlConnection,
  statement: Omit<Statement, 'own'>,
  row: z.ZodType<Cells>,
  options: QueryOptions,
): Promise<Cells[]> {
  const { rows } = await runCatalogueStatement(connection, statement, options);
  const parsed = z.array(row).safeParse(rows);
  if (parsed.success) return parsed.data;
  throw unknownDictionary(parsed.error);
}

/** The rows of a list that may be long, in batches as they come; other work has its turn between two of them. */
export async function* readList(
  connection: SqlConnection,
  text: string,
  options: QueryOptions,
): AsyncGenerator<readonly Row[]> {
  const stream = await connection.run({ text, own }, { ...options, purpose: 'catalogue' });
  try {
    for (;;) {
      const rows = await stream.next(rowsPerRead);
      if (rows.length === 0) return;
      yield rows;
      await nextTurn();
    }
  } finally {
    await stream.close();
  }
}

/** For an answer that is not what the statement promises. */
export function unknownDictionary(cause: unknown): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The data dictionary of the server is not supported',
    detail: 'Its response does not match that of MySQL 8.0 to 9, or MariaDB 10.6 and later.',
    causes: ['The server is only similar to MySQL, or is older.'],
    fixes: ['Check the server version.'],
    cause,
  });
}
