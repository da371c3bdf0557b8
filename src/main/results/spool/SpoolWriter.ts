import type { ResultId } from '../../../shared/model/results.ts';
import { throwIfAborted, untilAborted } from '../../base/abort.ts';
import type { InputBreak } from '../../base/async/InputBreak.ts';
import type { Clock } from '../../base/Clock.ts';
import type { EncodedRows, RowStream } from '../../connectors/RowStream.ts';
import type { Instrumentation } from '../../observability/Instrumentation.ts';
import { ProgressReport } from '../ProgressReport.ts';
import type { Filled, FillOptions, ResultWriter } from '../Results.ts';
import type { Spool } from './Spool.ts';

export interface SpoolWriterOptions {
  readonly clock: Clock;
  readonly inputBreak: InputBreak;
  readonly instrumentation: Instrumentation;
}

/** So much at once comes of a server that sends as fast as it can. Smaller parts leave the page enough time. */
const floodBytes = 16 * 1024;

/** Fills the spool of one result. */
export class SpoolWriter implements ResultWriter {
  readonly id: ResultId;
  readonly #spool: Spool;
  readonly #options: SpoolWriterOptions;

  constructor(id: ResultId, spool: Spool, options: SpoolWriterOptions) {
    this.id = id;
    this.#spool = spool;
    this.#options = options;
  }

  get rowCount(): number {
    return this.#spool.rowCount;
  }

  get byteCount(): number {
    return this.#spool.byteCount;
  }

  fill(stream: RowStream, options: FillOptions): Promise<Filled> {
    return this.#options.instrumentation.run(
      { kind: 'result', name: 'fill' },
      () => this.#fill(stream, options),
      ({ rowCount }) => rowCount,
    );
  }

  append(rows: EncodedRows): Promise<void> {
    return this.#spool.append(rows);
  }

  flush(): Promise<void> {
    return this.#spool.flush();
  }

  async #fill(stream: RowStream, options: FillOptions): Promise<Filled> {
    let isLimited: boolean;
    try {
      isLimited = await this.#pull(stream, options);
    } catch (error) {
      await this.#spool.flush().catch(() => undefined);
      throw error;
    } finally {
      await stream.close();
    }
    await this.#spool.flush();
    return { rowCount: this.rowCount, byteCount: this.byteCount, isLimited };
  }

  /** @returns whether there are more rows than the limit */
  async #pull(stream: RowStream, options: FillOptions): Promise<boolean> {
    const { signal, rowLimit } = options;
    const { clock, inputBreak } = this.#options;
    const progress = new ProgressReport(options, clock);
    let isFlood = false;
    for (;;) {
      throwIfAborted(signal);
      if (isFlood) await inputBreak.over(signal);
      const rows = await untilAborted(signal, stream.nextEncoded());
      if (rows.starts.length === 0) return false;
      // Not the first rows, which the input may have asked for.
      isFlood = this.rowCount > 0 && rows.bytes.length >= floodBytes;
      const room = rowLimit === null ? rows.starts.length : rowLimit - this.rowCount;
      await this.#spool.append(rows, Math.min(room, rows.starts.length));
      progress.give({ rowsDone: this.rowCount, rowsTotal: null, bytesDone: this.byteCount });
      if (room < rows.starts.length) return true;
    }
  }
}
