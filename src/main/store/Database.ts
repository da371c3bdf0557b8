import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Migration } from './Migration.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { backUpStore } from './storeBackup.ts';
import { asStoreErrors, storeFailed, storeMoved, toStoreError } from './storeErrors.ts';
import {
  isStoreExpected,
  isStoreMoved,
  markStoreCreated,
  prepareStoreFile,
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
  readonly instrumentation?: Instrumentation;
  /** How long a statement waits while another process has the file locked; 0 fails at once. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /** The steps of the format; tests bring their own. */
  readonly migrations?: readonly Migration[];
}

/** The store's SQLite file, open. One per app; everything in it is synchronous. */
export class Database {
  readonly #sqlite: Sqlite.Database;
  readonly #file: StoreFile;
  readonly #options: DatabaseOptions;
  readonly #instrumentation: Instrumentation;
  /** Name of the backup made since the file was taken away. */
  #rescuedAs: string | null = null;

  private constructor(sqlite: Sqlite.Database, file: StoreFile, options: DatabaseOptions) {
    this.#sqlite = sqlite;
    this.#file = file;
    this.#options = options;
    this.#instrumentation = options.instrumentation ?? noInstrumentation;
  }

  /**
   * Opens `mooring.db` in the folder, checks that it is intact, ours and not too new, and brings it to the newest
   * format. A file that fails a check is left exactly as it was.
   * @throws STORE_CORRUPT, STORE_TOO_NEW, STORE_FAILED, DISK_FULL
   */
  static open(options: DatabaseOptions): Database {
    return asStoreErrors(() => {
      const file = prepareStoreFile(options.folder);
      const { busyTimeoutMs = 5_000, migrations = allMigrations } = options;
      checkFile(file.path, busyTimeoutMs, (sqlite) => {
        checkFormat(sqlite, migrations, file.isNew || !isStoreExpected(options.folder));
      });
      const sqlite = openSqlite(file.path, { timeout: busyTimeoutMs });
      try {
        prepareStore(sqlite, options, migrations);
      } catch (error) {
        sqlite.close();
        throw error;
      }
      return new Database(sqlite, file, options);
    });
  }

  prepare(sql: string): Statement {
    const statement = asStoreErrors(() => this.#sqlite.prepare(sql));
    return {
      all: (...values) => this.#read(() => statement.all(...values)),
      get: (...values) => this.#read(() => statement.get(...values)),
      run: (...values) => this.#write(() => statement.run(...values).changes),
    };
  }

  /** Runs `work` so that all of its writes happen or none; inside another transaction it is a part of that one. */
  transaction<Value>(work: () => Value): Value {
    return this.#write(() => this.#sqlite.transaction(work).immediate());
  }

  /** Whether what is written now is a part of a transaction that may still be rolled back. */
  get isInTransaction(): boolean {
    return this.#sqlite.inTransaction;
  }

  /** Whether the file was moved or deleted since it was opened: then nothing can be written any more. */
  get isMoved(): boolean {
    return isStoreMoved(this.#file);
  }

  /**
   * Writes what the open file holds to a checked backup, also when no name leads to the file any more. Called by itself
   * when a write, or closing, finds the file gone.
   * @returns the backup's name
   */
  rescue(): string {
    const { clock, folder, logger } = this.#options;
    return asStoreErrors(() => {
      const { name } = backUpStore(this.#sqlite, folder, clock.wallMs(), 'rescue');
      // Should the whole folder have been deleted, the next start is none of a first one.
      markStoreCreated(folder);
      logger.warn('The store was taken away while open; a backup has what was in it', { fileName: name });
      this.#rescuedAs = name;
      return name;
    });
  }

  /**
   * Copies all of it to an existing file, some pages at a time; what is written meanwhile is in the copy too.
   * @throws SHUTTING_DOWN when it is closed before the end
   */
  async copyTo(path: string): Promise<void> {
    try {
      await this.#sqlite.backup(path);
    } catch (error) {
      if (!this.#sqlite.open)
        throw new AppError('SHUTTING_DOWN', { title: 'Mooring is closing', cause: error });
      throw toStoreError(error);
    }
  }

  /**
   * Writes the log back into the file, so that the one file is all there is to copy, and closes. When there is no room
   * for that, the log stays beside the file and the next start reads it. Never throws; works any number of times.
   */
  close(): void {
    if (!this.#sqlite.open) return;
    try {
      if (this.isMoved) this.#rescueOnce();
      this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      this.#options.logger.warn('The log of the store could not be written back', {}, toStoreError(error));
    }
    this.#sqlite.close();
  }

  #read<Value>(work: () => Value): Value {
    return this.#measured('read', () => asStoreErrors(work));
  }

  /** @throws STORE_FAILED without writing when the file is no longer in its place */
  #write<Value>(work: () => Value): Value {
    return this.#measured('write', () =>
      asStoreErrors(() => {
        if (!this.#sqlite.inTransaction) this.#refuseWhenMoved();
        return work();
      }),
    );
  }

  /** What happens inside a transaction is a part of it and not measured by itself. */
  #measured<Value>(name: 'read' | 'write', work: () => Value): Value {
    if (this.#sqlite.inTransaction) return work();
    const operation = this.#instrumentation.begin({ kind: 'store', name });
    try {
      const value = work();
      operation.succeeded();
      return value;
    } catch (error) {
      operation.failed(error);
      throw error;
    }
  }

  #refuseWhenMoved(): void {
    if (this.isMoved) throw storeMoved(this.#rescueOnce());
    this.#rescuedAs = null;
  }

  /** Nothing more is written while it is away, so one backup has it all. */
  #rescueOnce(): string | null {
    if (this.#rescuedAs !== null) return this.#rescuedAs;
    try {
      return this.rescue();
    } catch (error) {
      this.#options.logger.error('No backup could be made of the store that was taken away', {}, error);
      return null;
    }
  }
}

function openSqlite(path: string, options: Sqlite.Options): Sqlite.Database {
  try {
    const sqlite = new Sqlite(path, { fileMustExist: true, ...options });
    sqlite.pragma('trusted_schema = OFF');
    return sqlite;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) throw error;
    throw storeFailed('The part of Mooring that reads its data file could not be loaded.', error);
  }
}

/**
 * Through a connection of its own that only reads: closing one that may write plays the log into the file, and what is
 * damaged has to stay as it is. A rollback journal, which only a first start can leave, is played back first.
 */
function checkFile(path: string, timeout: number, check: (sqlite: Sqlite.Database) => void): void {
  const sqlite = openSqlite(path, { timeout, readonly: !existsSync(`${path}-journal`) });
  try {
    check(sqlite);
  } finally {
    sqlite.close();
  }
}

function prepareStore(
  sqlite: Sqlite.Database,
  options: DatabaseOptions,
  migrations: readonly Migration[],
): void {
  applySettings(sqlite);
  migrate({
    sqlite,
    migrations,
    backUp: () => backUpStore(sqlite, options.folder, options.clock.wallMs(), 'update').name,
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
