import { setImmediate as nextTurn } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Backup } from '../../shared/model/recovery.ts';
import { SerialQueue } from '../base/async/SerialQueue.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { backupFilesIn, beginBackup } from './backupFiles.ts';
import { countsOf, listBackups } from './backupList.ts';
import type { Database } from './Database.ts';
import { requireGood } from './storeBackup.ts';
import { toStoreError } from './storeErrors.ts';
import { formatOf, integrityProblemInSlices } from './storeFormat.ts';

export interface StoreBackupsOptions {
  readonly database: Database;
  /** Mooring's data folder. */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Backups of the store while it is in use: page by page, so that nothing else has to wait. */
export class StoreBackups {
  readonly #options: StoreBackupsOptions;
  readonly #making = new SerialQueue();

  constructor(options: StoreBackupsOptions) {
    this.#options = options;
  }

  /**
   * A checked copy of the store as it is now, in the folder `backups`. One after the other.
   * @throws DISK_FULL, STORE_FAILED: then there is no new backup, and the store is as it was
   */
  backUp(): Promise<Backup> {
    return this.#making.run(() => this.#make());
  }

  /** Makes one when none is younger than a day. Never rejects: what does not work is logged, and the next start tries again. */
  async backUpWhenDue(): Promise<void> {
    const { clock, folder, logger } = this.#options;
    try {
      const now = clock.wallMs();
      // One from the future was made with a clock that was wrong.
      const isRecent = (createdAt: number) => createdAt <= now && createdAt > now - dayMs;
      if (backupFilesIn(folder).some(({ createdAt }) => isRecent(createdAt))) return;
      await this.backUp();
    } catch (error) {
      logger.warn('The daily backup could not be made', {}, error);
    }
  }

  /** Newest first. */
  list(): Promise<Backup[]> {
    return listBackups(this.#options.folder);
  }

  async #make(): Promise<Backup> {
    const { clock, database, folder, logger } = this.#options;
    try {
      const unfinished = beginBackup(folder, 'copy');
      await database.copyTo(unfinished.path);
      // Its last step waited for the disk, and so will the next.
      await nextTurn();
      const { format, ...counts } = await checkCopy(unfinished.path);
      const { name, createdAt } = unfinished.finish(format, clock.wallMs());
      logger.info('Store backed up', { fileName: name });
      return { name, createdAt, ...counts };
    } catch (error) {
      throw toStoreError(error);
    }
  }
}

async function checkCopy(path: string): Promise<{ format: number } & ReturnType<typeof countsOf>> {
  const copy = new Sqlite(path, { fileMustExist: true });
  try {
    copy.pragma('trusted_schema = OFF');
    // It is flushed as a whole when it is finished.
    copy.pragma('synchronous = OFF');
    // A copy has the original's mode, in which a file is not alone: its log would lie beside it.
    copy.pragma('journal_mode = DELETE');
    const format = formatOf(copy);
    requireGood(copy, format, await integrityProblemInSlices(copy));
    return { format, ...countsOf(copy) };
  } finally {
    copy.close();
  }
}
