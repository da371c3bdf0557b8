import type { z } from 'zod';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { runCatalogueStatement, unlessRefused } from './catalogueRows.ts';

/** One thing to know about a server: an SQL expression, and what its cell must be. */
interface Question {
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
export async function askServer<Questions extends Readonly<Record<string, Question>>>(
  connection: SqlConnection,
  questions: Questions,
  options: QueryOptions,
): Promise<Answers<Questions>> {
  const all = Object.values(questions);
  const together = await ask(connection, all, options);
  const cells: (string | null)[] = [...(together ?? [])];
  if (together === null) {
    for (const question of all) cells.push((await ask(connection, [question], options))?.[0] ?? null);
  }
  const answers = Object.keys(questions).map((name, index) => [
    name,
    parseCell(all[index], cells[index] ?? null),
  ]);
  return Object.fromEntries(answers) as Answers<Questions>;
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

function parseCell(question: Question | undefined, cell: string | null): unknown {
  if (question === undefined || cell === null) return null;
  const parsed = question.cell.safeParse(cell);
  return parsed.success ? parsed.data : null;
}
