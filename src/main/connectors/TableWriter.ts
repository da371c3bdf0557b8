import type { LogicalType } from '../../shared/model/columnTypes.ts';
import type { RelationRef } from '../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from './Connection.ts';
import type { EncodedRows } from './RowStream.ts';

/** Rules of an engine for names of columns and tables. */
export interface NameRules {
  /** Longest name; PostgreSQL counts bytes, MySQL characters. */
  readonly maxLength: number;
  readonly unit: 'bytes' | 'characters';
  /** Whether names of columns that differ in case only are the same. */
  readonly ignoresCase: boolean;
}

/** How an engine declares a type. */
export interface DeclaredType {
  /** As it stands in CREATE TABLE. */
  readonly sql: string;
  /** What may be lost, in words, such as `digits behind the sixth decimal`; null when nothing is. */
  readonly loss: string | null;
}

/**
 * Types and values of an engine. The canonical text of a value is what all engines and sinks agree on:
 *
 * | Type | Text |
 * | --- | --- |
 * | boolean | `true`, `false` |
 * | integer | digits, with `-` |
 * | decimal, float | digits with a point, a float also with an exponent; `NaN`, `Infinity`, `-Infinity` |
 * | binary | hexadecimal digits in lower case, without a prefix |
 * | date | `2024-05-06`; `-0043-03-15`, `+12345-01-01` as ISO 8601 has them; `infinity`, `-infinity` |
 * | time | `12:34:56.789`; zoned with its offset, `+02:00`; where an engine has such, also `-01:00:00` or `100:00:00` |
 * | timestamp | `2024-05-06 12:34:56.789`; zoned in UTC, with `Z` behind; `infinity`, `-infinity` |
 * | interval | ISO 8601, such as `P1DT2H` |
 * | uuid | lower case, with hyphens |
 * | json | JSON |
 * | text, other | as the source has it |
 */
export interface ColumnTypes {
  /** What a declared type holds, such as `numeric(38,10)`, `int(10) unsigned` or `_text`. */
  logical(declared: string): LogicalType;
  /** How a column is declared that holds such values. @param isKey a key may need a type of bounded length */
  declare(type: LogicalType, isKey: boolean): DeclaredType;
  /** Turns the server's own text of a value into the canonical one; null where it is that already. */
  toCanonical(type: LogicalType, declared: string): CellConverter | null;
  /** Does what `toCanonical` does, on the bytes of usual values. Absent or null: nothing is faster than that. */
  toCanonicalBytes?(type: LogicalType): ByteConverter | null;
  /** Turns the canonical text into one that the server reads as the same value; null where it is that already. */
  fromCanonical(type: LogicalType, declared: string): CellConverter | null;
}

/** What becomes of one value, which is never NULL. */
export type CellConverter = (text: string) => ConvertedCell;

/**
 * Writes what becomes of a value behind `at`, where there is room for its own bytes and `converterBytes` more.
 * @returns where that ends; -1 for a value that it does not know, and then it has written nothing that counts
 */
export type ByteConverter = (
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  at: number,
) => number;

/**
 * A text; or, for what the other side cannot hold, what is written in its place (`rest`; absent: NULL), with a warning that
 * names what is lost, such as `infinite dates`.
 */
export type ConvertedCell = string | { readonly lost: string; readonly rest?: string };

/** A column of a table that is there. */
export interface WritableColumn {
  readonly name: string;
  readonly declared: string;
  readonly type: LogicalType;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** Computed by the server: never written. */
  readonly isGenerated: boolean;
  /** Numbered by the server, which refuses other values unless it is told. */
  readonly isIdentityAlways: boolean;
}

/** A table that is there. */
export interface WritableTable {
  readonly relation: RelationRef;
  readonly columns: readonly WritableColumn[];
  /** Names of columns of each unique key without conditions and expressions, the primary one first. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly isTemporary: boolean;
}

export interface NewColumn {
  readonly name: string;
  readonly declared: string;
  readonly isNullable: boolean;
}

/** What writing needs to know of a column. */
export type TargetColumn = Pick<WritableColumn, 'name' | 'declared' | 'isIdentityAlways'>;

/** What is written to: some columns of a table, in the order of the cells. */
export interface WriteTarget {
  readonly relation: RelationRef;
  readonly columns: readonly TargetColumn[];
}

/** What an error of a statement means for the rows that it wrote. */
export type WriteFailure =
  /** A row is at fault: without it the others can be written. */
  | 'row'
  /** Nobody is at fault, such as a deadlock: the same may succeed. */
  | 'transient'
  /** The statement cannot succeed. */
  | 'other';

/** What an engine says in SQL to write to its tables. Each text is one statement. */
export interface WriteWords {
  /** Whether a rollback undoes what makes and changes tables; else such a statement commits what is open. */
  readonly isDdlTransactional: boolean;
  placeholder(number: number): string;
  table(relation: RelationRef): string;
  /** On an engine with several kinds of storage: one that keeps to transactions. @param key primary key; may be empty */
  createTable(table: RelationRef, columns: readonly NewColumn[], key: readonly string[]): string;
  addColumn(table: RelationRef, column: NewColumn): string;
  changeType(table: RelationRef, column: NewColumn): string;
  /** Does nothing where there is none. */
  dropTable(table: RelationRef): string;
  /**
   * An empty table like another one, with its defaults, keys and checks, so that it refuses the rows that the other would
   * refuse by itself. Foreign keys are left out.
   */
  createStaging(table: RelationRef, like: RelationRef): string;
  /** An empty table with some columns of another one, each nullable, without its constraints; `markMissing` looks in it. */
  createKeys(table: RelationRef, like: RelationRef, columns: readonly TargetColumn[]): string;
  /** How a temporary table is called that stands in for `like`. */
  temporary(like: RelationRef, name: string): RelationRef;
  /**
   * Make a temporary table with some columns of another one, each nullable, without its constraints, and with a column
   * of its own that numbers the rows as they are loaded. It is empty, whatever was there, and lasts for this transaction
   * at least. Nothing of this commits the transaction.
   */
  createTemporary(table: RelationRef, like: RelationRef, columns: readonly TargetColumn[]): readonly string[];
  /** Within a transaction, which can undo it. Its count of rows is what was there. */
  deleteAll(table: RelationRef): string;
  /** Appends the rows of another table that has columns of the same names. Numbers of identity columns are kept. */
  insertFrom(target: WriteTarget, from: RelationRef): string;
  /**
   * As `insertFrom`, from a table of `createTemporary`; a row whose key is there already changes that row, but for its
   * key. Of several rows with the same key the last one that was loaded counts, as the server compares keys.
   * @param cleared columns of the table that become NULL in rows that were there
   */
  upsertFrom(
    target: WriteTarget,
    from: RelationRef,
    key: readonly string[],
    cleared: readonly string[],
  ): string;
  /**
   * Gives the current time to `column` in rows whose key is not in a table of `createKeys`, and that have no time yet. Its
   * count of rows is how many got one.
   */
  markMissing(table: RelationRef, keys: RelationRef, key: readonly string[], column: string): string;
  /** Type of a moment, for `column` of `markMissing`; it takes CURRENT_TIMESTAMP. */
  readonly momentType: string;
  /** Type of a text of any length, and of one of up to 64 characters that can be a primary key. */
  readonly textType: string;
  readonly keyTextType: string;
}

export interface PrepareOptions extends QueryOptions {
  /**
   * So long the transaction may wait for its client, in milliseconds; then the server ends the session, and with it the
   * locks. Absent: what the session has. An engine that has no such limit has none.
   */
  readonly idleLimitMs?: number;
}

/** Writes to tables of an engine: its capability `write`. */
export interface TableWriter {
  readonly names: NameRules;
  readonly words: WriteWords;
  /**
   * Settings of a transaction that writes: strict, in UTC, with no time limit of its own, constraints checked at once. It
   * is the first thing in each transaction, so that nothing of it need outlive that behind a pooler. A session that reads
   * needs them too, before its first row: of some types an engine writes the local time without saying so.
   */
  prepare(connection: SqlConnection, options: PrepareOptions): Promise<void>;
  /** Null when there is no such table. @throws UNSUPPORTED for something that cannot be written to, such as a view */
  describe(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<WritableTable | null>;
  /**
   * Appends rows to a table in the fastest way that the server offers, within the transaction that is open: all of them,
   * or none, and then the transaction must go back to a savepoint. No value is changed or cut without an error.
   * @param target also a temporary or a staging table
   * @param rows each cell is the text that the server reads, as `ColumnTypes.fromCanonical` gives it
   */
  load(
    connection: SqlConnection,
    target: WriteTarget,
    rows: EncodedRows,
    options: QueryOptions,
  ): Promise<void>;
  judge(error: unknown): WriteFailure;
}
