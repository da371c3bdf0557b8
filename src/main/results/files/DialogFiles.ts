import type { FileFormat, SavedFile } from '../../../shared/model/results.ts';
import { throwIfAborted, untilAborted } from '../../base/abort.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import { UnfinishedFile } from '../../base/files/UnfinishedFile.ts';
import type { EncodedRows, RowStream } from '../../connectors/RowStream.ts';
import { type Instrumentation, noInstrumentation } from '../../observability/Instrumentation.ts';
import type { FileDialogs } from '../FileDialogs.ts';
import { ProgressReport } from '../ProgressReport.ts';
import type { FileReader, FileWriter, ResultFiles, ResultWork, SaveOptions } from '../Results.ts';
import { ChosenFile } from './ChosenFile.ts';
import { encoderFor } from './encoderFor.ts';
import { type RowSource, RowText } from './RowText.ts';
import { suggestedFileName } from './suggestedFileName.ts';

export interface DialogFilesOptions {
  readonly dialogs: Pick<FileDialogs, 'chooseTarget' | 'chooseSource'>;
  readonly instrumentation?: Instrumentation;
  readonly clock: Clock;
}

/** Files that a person names in a dialog. */
export class DialogFiles implements ResultFiles {
  readonly #dialogs: DialogFilesOptions['dialogs'];
  readonly #instrumentation: Instrumentation;
  readonly #clock: Clock;
  readonly #writing = new Set<FileWriter>();

  constructor({ dialogs, instrumentation = noInstrumentation, clock }: DialogFilesOptions) {
    this.#dialogs = dialogs;
    this.#instrumentation = instrumentation;
    this.#clock = clock;
  }

  /** The names of the files that rows are being written to. */
  get writing(): readonly string[] {
    return [...this.#writing].map(({ fileName }) => fileName);
  }

  async saveRows(
    open: () => Promise<RowStream>,
    format: FileFormat,
    options: SaveOptions,
  ): Promise<SavedFile> {
    const openRows = async (): Promise<RowSource> => {
      const stream = await open();
      return {
        columns: stream.columns,
        picked: null,
        rowsTotal: null,
        blocks: rowsOf(stream, options.signal),
      };
    };
    return this.save(openRows, format, options);
  }

  /** Asks for a name, then writes rows as they come. As `saveRows`, from any source. */
  async save(open: () => Promise<RowSource>, format: FileFormat, options: SaveOptions): Promise<SavedFile> {
    const file = await this.create(options.suggestedName, format.type);
    if (file === null) return null;
    this.#writing.add(file);
    try {
      throwIfAborted(options.signal);
      return await this.#instrumentation.run({ kind: 'result', name: 'save' }, async () => {
        const counts = await this.#write(file, await open(), format, options);
        await file.finish();
        return { fileName: file.fileName, ...counts };
      });
    } catch (error) {
      await file.abandon();
      throw error;
    } finally {
      this.#writing.delete(file);
    }
  }

  async create(suggestedName: string, extension: string): Promise<FileWriter | null> {
    const path = await this.#dialogs.chooseTarget(suggestedFileName(suggestedName), extension);
    return path === null ? null : UnfinishedFile.create(path);
  }

  async open(): Promise<FileReader | null> {
    const path = await this.#dialogs.chooseSource([]);
    return path === null ? null : ChosenFile.open(path);
  }

  async #write(file: FileWriter, source: RowSource, format: FileFormat, work: ResultWork) {
    const { columns, picked, rowsTotal, blocks } = source;
    const chosen = picked ?? [...columns.keys()];
    const progress = new ProgressReport(work, this.#clock);
    const text = new RowText({
      columnCount: columns.length,
      columns: chosen,
      encoder: encoderFor(
        format,
        chosen.flatMap((column) => columns[column] ?? []),
      ),
      pace: new Pace(this.#clock, work.signal),
      write: (bytes) => file.write(bytes),
    });
    for await (const rows of blocks) {
      throwIfAborted(work.signal);
      await text.add(rows);
      progress.give({ rowsDone: text.rowCount, rowsTotal, bytesDone: text.byteCount });
    }
    await text.end();
    return { rowCount: text.rowCount, byteCount: text.byteCount };
  }
}

/** What a stream has, until its end; then it is closed, whatever the end is. */
async function* rowsOf(stream: RowStream, signal: AbortSignal): AsyncGenerator<EncodedRows> {
  try {
    for (;;) {
      const rows = await untilAborted(signal, stream.nextEncoded());
      if (rows.starts.length === 0) return;
      yield rows;
    }
  } finally {
    await stream.close();
  }
}
