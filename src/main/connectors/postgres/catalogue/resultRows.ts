import { z } from 'zod';
import { AppError } from '../../../base/AppError.ts';
import type { QueryResult } from '../../Connection.ts';

/** PostgreSQL's text of a boolean. */
export const flagCell = z.enum(['t', 'f']).transform((text) => text === 't');

/** PostgreSQL's JSON. The shape says what is read of it; what else it holds is left out, not refused. */
export const jsonCell = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'Not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);

/**
 * The rows of a catalogue query as what the query promises.
 * @throws PROTOCOL_ERROR when a server answers something else, as one that only resembles PostgreSQL may
 */
export function parseRows<Row>(result: QueryResult, row: z.ZodType<Row>): Row[] {
  const parsed = z.array(row).safeParse(result.rows);
  if (parsed.success) return parsed.data;
  throw unknownCatalogue(parsed.error);
}

/** The one row of a query that always has one. */
export function parseOnlyRow<Row>(result: QueryResult, row: z.ZodType<Row>): Row {
  const [only] = parseRows(result, row);
  if (only === undefined) throw unknownCatalogue(null);
  return only;
}

/** For an answer that is not what the query promises. */
export function unknownCatalogue(cause: unknown): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The system catalogue of the server is not supported',
    detail: 'Its response does not match that of PostgreSQL 12 to 18.',
    causes: ['The server is only similar to PostgreSQL, or is older than version 12.'],
    fixes: ['Check the server version.'],
    cause,
  });
}
