import { randomUUID } from 'node:crypto';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import type { Dialect } from '../../../src/main/connectors/Dialect.ts';
import type { Row } from '../../../src/main/connectors/RowStream.ts';
import type { NewColumn, TableWriter } from '../../../src/main/connectors/TableWriter.ts';
import type { DestinationPlan, RejectedRow, Sink, SinkSummary } from '../../../src/main/sync/copy/ports.ts';
import { beginningOf, type Position } from '../../../src/main/sync/copy/position.ts';
import { openTableSink } from '../../../src/main/sync/writing/table/TableSink.ts';
import type { WriteMode } from '../../../src/shared/model/pipelines.ts';
import { encodedRows } from '../../support/encodedRows.ts';

/** An engine with a real server, as the suite of the sink for tables needs it. */
export interface TableSinkFixture {
  readonly writer: TableWriter;
  readonly dialect: Dialect;
  /** Of the suite alone, and empty. */
  readonly schema: string;
  readonly server: { readonly host: string; readonly port: number };
  /** A session that may write; over another port where one is given. The suite closes it. */
  open(port?: number): Promise<SqlConnection>;
  /** S16: `id` is numbered by the server alone, `net` a decimal, `gross` computed as `net * 1.2`. */
  readonly numberedColumns: string;
  /** Whether another session waits for a lock, as `observer` sees it. */
  isWaiting(observer: SqlConnection, session: SqlConnection): Promise<boolean>;
  dispose(): Promise<void>;
}

/** What a test says about a sink; the rest is an ordinary one. */
export interface SinkSettings {
  readonly table: string;
  readonly columns: readonly NewColumn[];
  readonly mode: WriteMode;
  readonly key?: readonly string[];
  readonly pipelineId: string;
  readonly runId?: string;
  readonly again?: boolean;
  readonly isResumable?: boolean;
  readonly maxRejectedRows?: number;
  readonly statements?: readonly string[];
  readonly signal?: AbortSignal;
  readonly idleLimitMs?: number;
  /** Called right before a transaction is committed. */
  readonly onCommit?: () => void;
}

/** A sink with the numbers of its run. */
export interface OpenedSink {
  readonly sink: Sink;
  readonly runId: string;
}

export function openSink(
  { writer, dialect, schema }: TableSinkFixture,
  connection: SqlConnection,
  settings: SinkSettings,
): OpenedSink {
  const { table, columns, key = [], statements = [], onCommit = () => undefined } = settings;
  const { runId = randomUUID(), again = false, isResumable = true, maxRejectedRows = 0 } = settings;
  const plan: DestinationPlan = {
    columns: columns.map(({ name, declared, isNullable }) => ({
      name,
      mappedName: name,
      type: { type: 'text', length: null },
      declared,
      isNullable,
      loss: null,
      isNew: false,
    })),
    table: null,
    statements,
    key,
    problems: [],
    warnings: [],
  };
  const { transactions } = dialect;
  const watched: Dialect = {
    ...dialect,
    transactions: {
      ...transactions,
      get commit() {
        onCommit();
        return transactions.commit;
      },
    },
  };
  const sink = openTableSink({
    connection,
    writer,
    dialect: watched,
    plan,
    relation: { schema, name: table },
    mode: settings.mode,
    pipelineId: settings.pipelineId,
    runId,
    continues: [],
    again,
    isResumable,
    maxRejectedRows,
    signal: settings.signal ?? neverAborted,
    clock: systemClock,
    idleLimitMs: settings.idleLimitMs ?? 25_000,
  });
  return { sink, runId };
}

/** What a run has done. */
export interface Copied {
  readonly begunAt: Position | null;
  readonly position: Position;
  readonly rejected: readonly RejectedRow[];
  readonly summary: SinkSummary;
}

interface CopyOptions {
  readonly batchRows?: number;
  /** The source fails behind so many rows. */
  readonly failAfter?: number;
  readonly isResumable?: boolean;
}

/** The source of a test has failed, as it was told to. */
export const sourceFailure = new Error('The source failed');

/** Copies rows as a run does: from where the run was, batch by batch, to the end. */
export async function copy(
  { sink, runId }: OpenedSink,
  rows: readonly Row[],
  { batchRows = 100, failAfter = Number.POSITIVE_INFINITY, isResumable = true }: CopyOptions = {},
): Promise<Copied> {
  const begunAt = await sink.begin();
  const start = begunAt?.runId === runId ? begunAt : null;
  let position: Position = start ?? beginningOf(runId);
  const rejected: RejectedRow[] = [];
  try {
    for (let at = Number(start?.after?.[0] ?? 0); at < rows.length && !position.isComplete; at += batchRows) {
      if (at >= failAfter) throw sourceFailure;
      const batch = rows.slice(at, at + batchRows);
      const readCount = at + batch.length;
      position = { ...position, readCount, after: isResumable ? [String(readCount)] : null };
      const outcome = await sink.write(encodedRows(batch), position, async () => undefined);
      rejected.push(...outcome.rejected);
      position = {
        ...position,
        writtenCount: position.writtenCount + outcome.writtenCount,
        rejectedCount: position.rejectedCount + outcome.rejected.length,
      };
    }
    return { begunAt, position, rejected, summary: await sink.finish(position) };
  } finally {
    await sink.close();
  }
}
