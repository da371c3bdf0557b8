import { deletedColumn } from '../../../../shared/model/pipelines.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { TargetColumn, WriteTarget } from '../../../connectors/TableWriter.ts';
import { noCounts, type TableWriting, type WritingCounts, type WritingTools } from './TableWriting.ts';

/** @param marks whether rows that the source no longer has are marked, and those that it has again are not */
interface KeyedWritingOptions {
  readonly marks: boolean;
}

/**
 * Changes rows whose key is there, and appends the others. To mark rows that were not seen, the keys of the run are kept
 * in a table of their own, beside the rows and as safely.
 */
export class KeyedWriting implements TableWriting {
  readonly #tools: WritingTools;
  readonly #marks: boolean;
  readonly #batch: RelationRef;
  readonly #keys: WriteTarget;
  #isBatchEmpty = true;

  constructor(tools: WritingTools, { marks }: KeyedWritingOptions) {
    const { session, target, key, staging } = tools;
    this.#tools = tools;
    this.#marks = marks;
    this.#batch = session.tools.writer.words.temporary(target.relation, '_mooring_batch');
    this.#keys = { relation: staging, columns: target.columns.flatMap((column) => keyColumn(column, key)) };
  }

  get createStaging(): string | null {
    const { session, target } = this.#tools;
    if (!this.#marks) return null;
    const { relation, columns } = this.#keys;
    return session.tools.writer.words.createKeys(relation, target.relation, columns);
  }

  async begin(): Promise<void> {
    const { session, target } = this.#tools;
    const { words } = session.tools.writer;
    for (const text of words.createTemporary(this.#batch, target.relation, target.columns)) {
      await session.query(text);
    }
    this.#isBatchEmpty = true;
  }

  async write(rows: EncodedRows): Promise<number> {
    const { session, target, key } = this.#tools;
    const { connection, writer } = session.tools;
    const { words } = writer;
    if (!this.#isBatchEmpty) await session.query(words.deleteAll(this.#batch));
    this.#isBatchEmpty = false;
    await writer.load(connection, { ...target, relation: this.#batch }, rows, session.options);
    const count = await this.#countKeys();
    const cleared = this.#marks ? [deletedColumn] : [];
    await session.query(words.upsertFrom(target, this.#batch, key, cleared));
    if (this.#marks) await session.query(words.insertFrom(this.#keys, this.#batch));
    return count;
  }

  async finish(): Promise<WritingCounts> {
    if (!this.#marks) return noCounts;
    const { session, target, key } = this.#tools;
    const { words } = session.tools.writer;
    const text = words.markMissing(target.relation, this.#keys.relation, key, deletedColumn);
    const { rowCount } = await session.query(text);
    return { ...noCounts, deletedCount: rowCount ?? 0 };
  }

  /** Rows that the batch writes: it may have several of one key, as the server compares keys. */
  async #countKeys(): Promise<number> {
    const { session, key } = this.#tools;
    const { writer, dialect } = session.tools;
    const names = key.map((name) => dialect.quoteIdentifier(name)).join(', ');
    const from = writer.words.table(this.#batch);
    const { rows } = await session.query(
      `SELECT count(*) FROM (SELECT DISTINCT ${names} FROM ${from}) AS keys_of_batch`,
    );
    return Number(rows[0]?.[0]);
  }
}

/** Its numbers are not the server's own in a table of keys. */
const keyColumn = (column: TargetColumn, key: readonly string[]): TargetColumn[] =>
  key.includes(column.name) ? [{ ...column, isIdentityAlways: false }] : [];
