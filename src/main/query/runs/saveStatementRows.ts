import type { z } from 'zod';
import type { saveStatementInputSchema } from '../../../shared/model/query.ts';
import type { SavedFile } from '../../../shared/model/results.ts';
import type { SqlConnection, Statement } from '../../connectors/Connection.ts';
import type { StatementStream } from '../../connectors/RowStream.ts';
import type { ResultWork } from '../../results/Results.ts';
import { bindValues } from './boundStatement.ts';
import { explainFailure } from './explainFailure.ts';
import { historyEntryOf } from './historyEntry.ts';
import { noRowsError } from './queryErrors.ts';
import { requireReading } from './requireReading.ts';
import type { RunContext } from './runContext.ts';

/**
 * Runs a statement in the session of its tab and writes its rows straight to a file.
 * @returns null when the dialog was closed: then nothing ran
 * @throws what the statement or the file fails with; INVALID_INPUT when it returns no rows
 */
export async function saveStatementRows(
  context: RunContext,
  input: Pick<z.infer<typeof saveStatementInputSchema>, 'statement' | 'modes' | 'format' | 'suggestedName'>,
  { signal, onProgress }: ResultWork,
): Promise<SavedFile> {
  const { clock, files, history, session } = context;
  const [reading] = context.readings;
  if (reading === undefined) return null;
  const { traits, parameters } = reading;
  return session.use(signal, async (connection, stop) => {
    session.noted();
    const { holds, transaction } = session;
    const started = { atMs: clock.wallMs(), monotonicMs: clock.monotonicMs(), hasRun: false };
    const open = async () => {
      const read = { text: input.statement, modes: input.modes };
      await requireReading(read, context.language, { connection, session, signal: stop });
      [started.atMs, started.monotonicMs, started.hasRun] = [clock.wallMs(), clock.monotonicMs(), true];
      const { statement } = bindValues(input.statement, parameters, context.values, context.language);
      return openRows(connection, statement, stop);
    };
    let saved: SavedFile = null;
    let failure: { readonly error: unknown } | null = null;
    try {
      const { format, suggestedName } = input;
      saved = await files.saveRows(open, format, {
        suggestedName,
        signal: stop,
        ...(onProgress !== undefined && { onProgress }),
      });
    } catch (error) {
      const { isUsable } = connection;
      failure = { error: explainFailure(error, { traits, transaction, holds, isUsable }) };
    }
    session.noted(failure === null && started.hasRun ? traits.leaves : []);
    if (started.hasRun) {
      const durationMs = clock.monotonicMs() - started.monotonicMs;
      const rowCount = saved?.rowCount ?? null;
      const ran = { text: input.statement, startedAt: started.atMs, durationMs, rowCount, failure };
      history.add(historyEntryOf(context, ran));
    }
    if (failure !== null) throw failure.error;
    return saved;
  });
}

async function openRows(
  connection: SqlConnection,
  statement: Statement,
  signal: AbortSignal,
): Promise<StatementStream> {
  const stream = await connection.run(statement, { signal });
  if (stream.returnsRows) return stream;
  await stream.close();
  throw noRowsError();
}
