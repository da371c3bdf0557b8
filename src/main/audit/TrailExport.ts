import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditExported, AuditExportInput, AuditFilter } from '../../shared/model/audit.ts';
import type { ResultProgress } from '../../shared/model/results.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import type { FileDialogs } from '../results/FileDialogs.ts';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';
import type { AuditTrail } from './AuditTrail.ts';
import { entryFormats } from './entryFormats.ts';

/** Entries that are read and written at once. */
const pageSize = 500;

export interface ExportWork {
  readonly signal: AbortSignal;
  /** Called for each page. */
  readonly onProgress: (progress: ResultProgress) => void;
}

export interface TrailExportOptions {
  readonly trail: AuditTrail;
  readonly repository: Pick<AuditRepository, 'findAfter'>;
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
  readonly clock: Clock;
}

/** Writes entries to a file with their hashes and signatures, so that the chain can be checked without Mooring. */
export class TrailExport {
  readonly #options: TrailExportOptions;

  constructor(options: TrailExportOptions) {
    this.#options = options;
  }

  /**
   * Asks for a name, then writes what the filter finds, oldest first.
   * @returns null when the person cancelled @throws FILE_FAILED, DISK_FULL, CANCELLED, STORE_…
   */
  async export({ filter, format }: AuditExportInput, work: ExportWork): Promise<AuditExported> {
    const { clock, dialogs } = this.#options;
    const day = new Date(clock.wallMs()).toISOString().slice(0, 10);
    const path = await dialogs.chooseTarget(`mooring-audit-${day}`, format);
    if (path === null) return null;
    throwIfAborted(work.signal);
    return UnfinishedFile.whole(path, async (file) => {
      const entryCount = await this.#write(file, { filter, format }, work);
      return { fileName: file.fileName, entryCount };
    });
  }

  async #write(file: UnfinishedFile, input: AuditExportInput, work: ExportWork): Promise<number> {
    const { header, line } = entryFormats[input.format];
    const rowsTotal = await this.#options.trail.count(input.filter, work.signal);
    let rowsDone = 0;
    let bytesDone = 0;
    const write = async (lines: readonly string[]): Promise<void> => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      await file.write(bytes);
      bytesDone += bytes.length;
    };
    if (header !== null) await write([header]);
    for await (const entries of this.#pages(input.filter, work.signal)) {
      await write(entries.map(line));
      rowsDone += entries.length;
      work.onProgress({ rowsDone, rowsTotal, bytesDone });
    }
    return rowsDone;
  }

  async *#pages(filter: AuditFilter, signal: AbortSignal): AsyncGenerator<StoredAuditEntry[]> {
    let after: number | null = null;
    do {
      throwIfAborted(signal);
      const found = this.#options.repository.findAfter(filter, after, pageSize);
      if (found.entries.length > 0) yield found.entries;
      after = found.next;
      await nextTurn();
    } while (after !== null);
  }
}
