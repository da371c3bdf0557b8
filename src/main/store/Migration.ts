import type Sqlite from 'better-sqlite3';

/** One step of the store's format. Never edited once released: a later step corrects an earlier one. */
export interface Migration {
  /** 1, 2, 3 … without gaps; becomes the file's `user_version`. */
  readonly version: number;
  /** Date and number, as the file is called: `2026_11_23_0001_initial`. */
  readonly name: string;
  /** Runs inside a transaction of its own. */
  readonly apply: (sqlite: Sqlite.Database) => void;
}
