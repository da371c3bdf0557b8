import type { RunOptions, SqlConnection } from '../Connection.ts';

/** Runs a statement of which nothing is read. @throws what the server refuses it with, also at its end */
export async function runToEnd(connection: SqlConnection, text: string, options: RunOptions): Promise<void> {
  const stream = await connection.run({ text }, options);
  try {
    while (await stream.nextResult());
  } finally {
    await stream.close();
  }
}
