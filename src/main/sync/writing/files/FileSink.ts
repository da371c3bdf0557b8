import type { PipelineFileFormat } from '../../../../shared/model/pipelines.ts';
import type { PlannedColumn } from '../../../../shared/model/pipelineViews.ts';
import { AppError } from '../../../base/AppError.ts';
import { throwIfAborted } from '../../../base/abort.ts';
import { Pace } from '../../../base/async/Pace.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { BatchOutcome, Sink, SinkSummary, SourceCells } from '../../copy/ports.ts';
import type { Position } from '../../copy/position.ts';
import type { FileRows } from './FileRows.ts';
import { PartFile } from './PartFile.ts';
import { ParquetRows } from './parquet/ParquetRows.ts';
import { TextRows } from './TextRows.ts';

export interface FileSinkOptions {
  readonly folder: string;
  /** As the pipeline has it: without an ending, with `{date}`, `{time}` and `{run}`. */
  readonly name: string;
  readonly format: PipelineFileFormat;
  readonly columns: readonly PlannedColumn[];
  /** Of a text file whose rows come as the source has them; null: as the file has them, in canonical form. */
  readonly sourceCells: SourceCells | null;
  readonly runId: string;
  /** The time that stands for the run, in milliseconds since the epoch: the same in each attempt. */
  readonly namedAt: number;
  readonly timeZone: string;
  /** Rows that may be refused in the run; one more fails it. */
  readonly maxRejectedRows: number;
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs' | 'wallMs'>;
  /** Whether a link of the file's name stays one, and the file goes where it leads. Default: true. */
  readonly followsLinks?: boolean;
  /** Whether the run still belongs to this worker: asked before the file gets its name. */
  readonly isOwned: () => Promise<boolean>;
}

/**
 * Writes a run's rows to a file, from its beginning in each attempt: it is there whole under its name, or not at all.
 */
export const openFileSink = (options: FileSinkOptions): Sink => new FileSink(options);

class FileSink implements Sink {
  readonly #options: FileSinkOptions;
  #part: PartFile | null = null;
  #rows: FileRows | null = null;

  constructor(options: FileSinkOptions) {
    this.#options = options;
  }

  /** @throws PIPELINE_INVALID for the name, DISK_FULL, FILE_FAILED */
  async begin(): Promise<null> {
    const { folder, name: pattern, format, columns, sourceCells, runId, namedAt, timeZone } = this.#options;
    const { followsLinks = true, signal, clock } = this.#options;
    throwIfAborted(signal);
    const naming = { pattern, format: format.type, namedAt, timeZone, runId };
    const part = await PartFile.create(folder, naming, clock.wallMs(), followsLinks);
    this.#part = part;
    const pace = new Pace(clock, signal);
    const write = (bytes: Uint8Array): Promise<void> => part.write(bytes);
    this.#rows =
      format.type === 'parquet'
        ? new ParquetRows(columns, pace, write)
        : new TextRows(format, columns, sourceCells, pace, write);
    return null;
  }

  /** @throws ROWS_REFUSED, DISK_FULL, FILE_FAILED */
  async write(
    rows: EncodedRows,
    { rejectedCount }: Position,
    onRefused: Parameters<Sink['write']>[2],
  ): Promise<BatchOutcome> {
    throwIfAborted(this.#options.signal);
    const rejected = await begun(this.#rows).add(rows);
    const count = rejectedCount + rejected.length;
    const [first] = rejected;
    if (first !== undefined && count > this.#options.maxRejectedRows) throw rowsRefused(count, first.reason);
    await onRefused(rejected);
    return { writtenCount: rows.starts.length - rejected.length, rejected };
  }

  /** @throws RUN_SUPERSEDED, DISK_FULL, FILE_FAILED */
  async finish(_position: Position): Promise<SinkSummary> {
    const rows = begun(this.#rows);
    await rows.end();
    throwIfAborted(this.#options.signal);
    const fileName = await begun(this.#part).finish(this.#options.isOwned);
    if (fileName === null) throw superseded();
    const nothing = { rowsBefore: null, rowsAfter: null, deletedCount: 0, addedColumns: [] };
    return { ...nothing, fileName, losses: rows.losses };
  }

  async close(): Promise<void> {
    await this.#part?.abandon();
  }
}

function begun<Value>(value: Value | null): Value {
  if (value === null) throw new Error('The sink has not begun.');
  return value;
}

const rowsRefused = (count: number, reason: string): AppError =>
  new AppError('ROWS_REFUSED', {
    title: 'The file cannot hold some of the rows',
    detail: `${count} so far. The first one of the last batch: ${reason}`,
    fixes: [
      'Cast the column to a type that holds its values, such as text.',
      'Allow the pipeline to leave out such rows.',
    ],
  });

const superseded = (): AppError =>
  new AppError('RUN_SUPERSEDED', {
    title: 'Another worker has taken over this run',
    detail: 'What this one has written was discarded.',
  });
