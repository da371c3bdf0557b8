import type { StatementTraits } from '../../../shared/sql/SqlLanguage.ts';
import { untilAborted } from '../../base/abort.ts';
import { textSlices } from '../../base/textSlices.ts';
import type { CopySource, RunOptions } from '../../connectors/Connection.ts';
import type { FileReader, FileWriter, ResultFiles } from '../../results/Results.ts';
import { noFileChosenError } from './queryErrors.ts';

/** Characters of a script that are sent at a time. */
const pieceLength = 65_536;

export interface CopyOrder {
  readonly copy: StatementTraits['copy'];
  /** Lines of the script. */
  readonly data: string | null;
  readonly signal: AbortSignal;
  readonly onSent: (byteCount: number) => void;
}

/** Where the data of one COPY comes from or goes to: the script itself, or a file that the person names. */
export class CopyFiles {
  readonly options: Pick<RunOptions, 'copyFrom' | 'copyTo'>;
  readonly #reader: FileReader | null;
  readonly #writer: FileWriter | null;

  private constructor(
    options: CopyFiles['options'],
    { reader = null, writer = null }: { reader?: FileReader | null; writer?: FileWriter | null } = {},
  ) {
    this.options = options;
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Asks for a file where one is needed. @throws COPY_REFUSED when none was chosen, FILE_FAILED, the signal's reason */
  static async open(files: ResultFiles, { copy, data, signal, onSent }: CopyOrder): Promise<CopyFiles> {
    if (copy === null) return new CopyFiles({});
    if (copy === 'to-client') {
      const writer = await chosen(signal, files.create('copy', 'csv'), (late) => late.abandon());
      return new CopyFiles({ copyTo: (bytes) => writer.write(bytes) }, { writer });
    }
    if (data !== null) return new CopyFiles({ copyFrom: counted(linesOf(data), onSent) });
    const reader = await chosen(signal, files.open(), (late) => late.close());
    return new CopyFiles({ copyFrom: counted(() => reader.read(), onSent) }, { reader });
  }

  /** The COPY went well. @returns the name of the file that was written, or null @throws DISK_FULL, FILE_FAILED */
  async finish(): Promise<string | null> {
    await this.#reader?.close();
    await this.#writer?.finish();
    return this.#writer?.fileName ?? null;
  }

  /** It failed: nothing half is left behind. Never rejects. */
  async abandon(): Promise<void> {
    await this.#reader?.close().catch(() => undefined);
    await this.#writer?.abandon();
  }
}

/** A dialog does not know the signal: what is chosen after the abort is closed again. */
async function chosen<File>(
  signal: AbortSignal,
  dialog: Promise<File | null>,
  close: (file: File) => Promise<void>,
): Promise<File> {
  let isWanted = true;
  void dialog.then(
    (late) => (isWanted || late === null ? undefined : close(late)),
    () => undefined,
  );
  try {
    const file = await untilAborted(signal, dialog);
    if (file === null) throw noFileChosenError();
    return file;
  } catch (error) {
    isWanted = false;
    throw error;
  }
}

function counted(source: CopySource, onSent: (byteCount: number) => void): CopySource {
  let byteCount = 0;
  return async () => {
    const bytes = await source();
    byteCount += bytes?.length ?? 0;
    if (bytes !== null) onSent(byteCount);
    return bytes;
  };
}

function linesOf(data: string): CopySource {
  const pieces = textSlices(data, pieceLength);
  return async () => {
    const piece = pieces.next().value;
    return piece === undefined ? null : Buffer.from(piece);
  };
}
