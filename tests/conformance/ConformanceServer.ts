import type { EngineSettings } from '../../src/shared/engines/settings.ts';

/** A real server of one engine, with all that the suite must know about it to speak of the same things everywhere. */
export interface ConformanceServer {
  /** As it calls itself, such as `PostgreSQL`. */
  readonly product: string;
  /** Reaches a database in which the suite may do as it likes, as a user who may do so too. */
  readonly engine: EngineSettings;
  readonly password: string;
  /** The same server with one thing that is wrong. */
  readonly wrong: {
    readonly host: EngineSettings;
    readonly port: EngineSettings;
    readonly user: EngineSettings;
    readonly database: EngineSettings;
  };
  /** Runs SQL as an administrator, over another connection than the suite's. */
  execute(sql: string): Promise<void>;
  /** Ends a session from outside, as an administrator does. */
  endSession(backendId: number): Promise<void>;
  /** Makes the server stop answering this session without closing anything, and go on. */
  pause(backendId: number): Promise<void>;
  resume(backendId: number): Promise<void>;
  dispose(): Promise<void>;
  readonly sql: ServerWords;
}

/** The same thing said in the SQL of each engine. */
export interface ServerWords {
  /** A schema of this name, and all that is in it, away. */
  dropSchema(name: string): string;
  /** So many rows with the column `n`: 1, 2, 3 … */
  countTo(count: number): string;
  sleep(seconds: number): string;
  /** Keeps the server computing for minutes; unlike a sleep it is never cut short without an error. */
  readonly busy: string;
  /** Runs for a moment and warns of something, in words with `careful` in them. */
  readonly warns: string;
  /** Inserts a note whose id and text are parameters. */
  readonly insertNote: string;
  /** Names that need quoting, and the statements that make a table of each with the one column `id`. */
  readonly oddNames: readonly string[];
  oddTables(schema: string): readonly string[];
  /**
   * A table, a view and a function in which the suite searches: `courier` is in some of their names, columns, comments and
   * bodies, beside signs that mean something in SQL.
   */
  searchable(schema: string): readonly string[];
  /** A literal of each kind and the text that the server itself shows for it. */
  readonly values: readonly (readonly [expression: string, text: string | null])[];
}
