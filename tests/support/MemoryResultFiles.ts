import type { RowStream } from '../../src/main/connectors/RowStream.ts';
import type { FileReader, FileWriter, ResultFiles, SaveOptions } from '../../src/main/results/Results.ts';
import type { FileFormat, SavedFile } from '../../src/shared/model/results.ts';

/** Files that a person names in dialogs, in memory. */
export class MemoryResultFiles implements ResultFiles {
  /** What the person chooses to read, or null for closing the dialog. */
  source: Buffer | null = null;
  /** Whether the person names a file to write to. */
  isTargetChosen = true;
  /** What was written and finished; null while there is nothing. */
  written: string | null = null;
  abandonedCount = 0;
  closedCount = 0;

  async saveRows(
    open: () => Promise<RowStream>,
    _format: FileFormat,
    { signal }: SaveOptions,
  ): Promise<SavedFile> {
    if (!this.isTargetChosen) return null;
    const stream = await open();
    const lines: string[] = [];
    try {
      for (;;) {
        const rows = await stream.next(1_000);
        signal.throwIfAborted();
        if (rows.length === 0) break;
        lines.push(...rows.map((row) => row.join(',')));
      }
    } finally {
      await stream.close();
    }
    this.written = lines.join('\n');
    return { fileName: 'rows.csv', rowCount: lines.length, byteCount: this.written.length };
  }

  async create(suggestedName: string, extension: string): Promise<FileWriter | null> {
    if (!this.isTargetChosen) return null;
    const parts: Buffer[] = [];
    return {
      fileName: `${suggestedName}.${extension}`,
      write: async (bytes) => void parts.push(Buffer.from(bytes)),
      finish: async () => {
        this.written = Buffer.concat(parts).toString();
      },
      abandon: async () => {
        this.abandonedCount += 1;
      },
    };
  }

  async open(): Promise<FileReader | null> {
    let left = this.source;
    if (left === null) return null;
    return {
      fileName: 'rows.txt',
      read: async () => {
        const bytes = left;
        left = null;
        return bytes;
      },
      close: async () => {
        this.closedCount += 1;
      },
    };
  }
}
