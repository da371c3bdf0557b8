import Sqlite from 'better-sqlite3';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Migration } from './Migration.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { backUpStore } from './storeBackup.ts';
import { asStoreErrors, storeFailed, toStoreError } from './storeErrors.ts';
import {
  isStoreExpected,
  markStoreCreated,
  prepareStoreFile,
  refuseMovedStore,
  type StoreFile,
} from './storeFile.ts';
import { checkFormat } from './storeFormat.ts';

/** What may be bound to a statement's parameters. */
export type SqlValue = string | number | Buffer | null;

/** A prepared statement. Its methods throw AppErrors (STORE_FAILED, STORE_CORRUPT, DISK_FULL). */
export interface Statement {
  /** Rows as plain objects by column name, unchecked: they are parsed where they become models. */
  all(...values: SqlValue[]): unknown[];
  /** The first row, or undefined. */
  get(...values: SqlValue[]): unknown;
  /** @returns how many rows changed */
  run(...values: SqlValue[]): number;
}

export interface DatabaseOptions {
  /** Mooring's data folder; made when missing. */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a statement waits while another process has the file locked; 0 fails at once. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /** The steps of the format; tests bring their own. */
  readonly migrations?: readonly Migration[];
}

/** The store's SQLite file, open. One per app; everything in it is synchronous. */
export class Database {
  readonly #sqlite: Sqlite.Database;
  readonly #file: StoreFile;
  readonly #logger: Logger;

  private constructor(sqlite: Sqlite.Database, file: StoreFile, logger: Logger) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#logger = logger;
  }

  /**
   * Opens `mooring.db` in the folder, checks that it is intact, ours and not too new, and brings it to the newest
   * format. A file that fails a check is left exactly as it was.
   * @throws STORE_CORRUPT, STORE_TOO_NEW, STORE_FAILED, DISK_FULL
   */
  static open(options: DatabaseOptions): Database {
    return asStoreErrors(() => {
      const file = prepareStoreFile(options.folder);
      const sqlite = openSqlite(file.path, options.busyTimeoutMs ?? 5_000);
      try {
        prepareStore(sqlite, options, file.isNew || !isStoreExpected(options.folder));
      } catch (error) {
        sqlite.close();
        throw error;
      }
      return new Database(sqlite, file, options.logger);
    });
  }

  prepare(sql: string): Statement {
    const statement = asStoreErrors(() => this.#sqlite.prepare(sql));
    return {
      all: (...values) => asStoreErrors(() => statement.all(...values)),
      get: (...values) => asStoreErrors(() => statement.get(...values)),
      run: (...values) => this.#write(() => statement.run(...values).changes),
    };
  }

  /** Runs `work` so that all of its writes happen or none; inside another transaction it is a part of that one. */
  transaction<Value>(work: () => Value): Value {
    return this.#write(() => this.#sqlite.transaction(work).immediate());
  }

  /**
   * Writes the log back into the file, so that the one file is all there is to copy, and closes. When there is no room
   * for that, the log stays beside the file and the next start reads it. Never throws; works any number of times.
   */
  close(): void {
    if (!this.#sqlite.open) return;
    try {
      this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      this.#logger.warn('The log of the store could not be written back', {}, toStoreError(error));
    }
    this.#sqlite.close();
  }

  /** @throws STORE_FAILED without writing when the file is no longer in its place */
  #write<Value>(work: () => Value): Value {
    return asStoreErrors(() => {
      if (!this.#sqlite.inTransaction) refuseMovedStore(this.#file);
      return work();
    });
  }
}

function openSqlite(path: string, busyTimeoutMs: number): Sqlite.Database {
  try {
    return new Sqlite(path, { fileMustExist: true, timeout: busyTimeoutMs });
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) throw error;
    throw storeFailed('The part of Mooring that reads its data file could not be loaded.', error);
  }
}

/** Checks first and only reads while doing so; the settings that write to the file come after. */
function prepareStore(sqlite: Sqlite.Database, options: DatabaseOptions, mayBeEmpty: boolean): void {
  const migrations = options.migrations ?? allMigrations;
  sqlite.pragma('trusted_schema = OFF');
  checkFormat(sqlite, migrations, mayBeEmpty);
  applySettings(sqlite);
  migrate({
    sqlite,
    migrations,
    backUp: () => backUpStore(sqlite, options.folder, options.clock.wallMs()),
    logger: options.logger,
  });
  markStoreCreated(options.folder);
}

function applySettings(sqlite: Sqlite.Database): void {
  const journal = sqlite.pragma('journal_mode = WAL', { simple: true });
  if (journal !== 'wal') {
    throw storeFailed('The file system of the data folder does not support safe writing.');
  }
  // In WAL mode anything less than FULL may lose the last commits when the power goes.
  sqlite.pragma('synchronous = FULL');
  // On macOS a plain fsync leaves data in the drive's own cache; elsewhere this does nothing.
  sqlite.pragma('fullfsync = ON');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('secure_delete = ON');
}
