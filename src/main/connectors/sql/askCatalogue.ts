import { z } from 'zod';
import { type AppError, isAppError } from '../../base/AppError.ts';
import type { QueryOptions, QueryResult, SqlConnection, Statement } from '../Connection.ts';

/** The server's text of a value. */
export const textCell = z.string();

/** The server's text of a number. */
export const numberCell = z
  .string()
  .transform((text) => Number(text))
  .pipe(z.number());

const own = { reads: 'catalogue' } as const;

/** Runs one of Mooring's own statements about a server or its catalogue, whose whole answer is small. */
export function runCatalogueStatement(
  connection: SqlConnection,
  statement: Omit<Statement, 'own'>,
  options: QueryOptions,
): Promise<QueryResult> {
  return connection.query({ ...statement, own }, { ...options, purpose: 'catalogue' });
}

/** One thing to know about a server: an SQL expression, and what its cell must be. */
export interface Question {
  readonly sql: string;
  readonly cell: z.ZodType;
}

/** Null is SQL NULL or "not known": the server refused this one, or answered something else. */
export type Answers<Questions extends Readonly<Record<string, Question>>> = {
  readonly [Name in keyof Questions]: z.output<Questions[Name]['cell']> | null;
};

/**
 * Asks everything in one statement. If the server refuses that, each question is asked by itself, so that one without
 * permission, or unknown to this version, does not take the others with it.
 * @throws what ended the connection, QUERY_TIMEOUT, or the abort's reason; never for a refused question
 */
export async function askCatalogue<Questions extends Readonly<Record<string, Question>>>(
  connection: SqlConnection,
  questions: Questions,
  options: QueryOptions,
): Promise<Answers<Questions>> {
  const names = Object.keys(questions);
  const cells = await askTogether(connection, Object.values(questions), options);
  const answers = names.map((name, index) => [name, parseCell(questions[name], cells[index])]);
  return Object.fromEntries(answers) as Answers<Questions>;
}

async function askTogether(
  connection: SqlConnection,
  questions: readonly Question[],
  options: QueryOptions,
): Promise<readonly (string | null)[]> {
  const together = await ask(connection, questions, options);
  if (together !== null) return together;
  const cells: (string | null)[] = [];
  for (const question of questions) cells.push((await ask(connection, [question], options))?.[0] ?? null);
  return cells;
}

/** The row with the answers; null if the server refuses the statement. */
async function ask(
  connection: SqlConnection,
  questions: readonly Question[],
  options: QueryOptions,
): Promise<readonly (string | null)[] | null> {
  const text = `SELECT ${questions.map(({ sql }) => sql).join(',\n  ')}`;
  return unlessRefused(connection, options, async () => {
    const { rows } = await runCatalogueStatement(connection, { text }, options);
    return rows[0] ?? null;
  });
}

/**
 * Runs work that can be done without: null if the server refuses its statement, or if it takes longer than the time
 * limit given in the options.
 * @throws what ended the connection, QUERY_TIMEOUT when the options have no limit of their own, or the abort's reason
 */
export async function unlessRefused<Value>(
  connection: SqlConnection,
  { signal, timeoutMs }: QueryOptions,
  work: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    const isLate = isAppError(error) && error.code === 'QUERY_TIMEOUT' && timeoutMs !== undefined;
    if ((isLate || isRefusal(error)) && connection.isUsable && !signal.aborted) return null;
    throw error;
  }
}

const refusals: ReadonlySet<string> = new Set([
  'PERMISSION_DENIED',
  'READ_ONLY',
  'QUERY_FAILED',
  'PROTOCOL_ERROR',
]);

/** Whether the server answered a statement with an error, or with something else than was asked; the session goes on. */
export function isRefusal(error: unknown): error is AppError {
  return isAppError(error) && refusals.has(error.code);
}

function parseCell(question: Question | undefined, cell: string | null | undefined): unknown {
  if (question === undefined || cell === null || cell === undefined) return null;
  const parsed = question.cell.safeParse(cell);
  return parsed.success ? parsed.data : null;
}
