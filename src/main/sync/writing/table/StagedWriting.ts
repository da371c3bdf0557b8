import type { EncodedRows } from '../../../connectors/RowStream.ts';
import { refusedTogetherError } from './sinkErrors.ts';
import { noCounts, type TableWriting, type WritingCounts, type WritingTools } from './TableWriting.ts';

/**
 * Rows wait in a staging table, and come into the table at once at the end of the run: behind those that are there, or in
 * their place. Readers see the table as it was until then. The table itself stays what it is, with its indexes, grants and
 * views.
 */
export class StagedWriting implements TableWriting {
  readonly #tools: WritingTools;
  readonly #replaces: boolean;

  constructor(tools: WritingTools, { replaces }: { readonly replaces: boolean }) {
    this.#tools = tools;
    this.#replaces = replaces;
  }

  get createStaging(): string {
    const { session, staging, target } = this.#tools;
    return session.tools.writer.words.createStaging(staging, target.relation);
  }

  async begin(): Promise<void> {}

  async write(rows: EncodedRows): Promise<number> {
    const { session, staging, target } = this.#tools;
    const { connection, writer } = session.tools;
    await writer.load(connection, { ...target, relation: staging }, rows, session.options);
    return rows.starts.length;
  }

  async finish(): Promise<WritingCounts> {
    const { session, staging, target } = this.#tools;
    const { words } = session.tools.writer;
    const before = this.#replaces ? await session.query(words.deleteAll(target.relation)) : null;
    await this.#insert(words.insertFrom(target, staging));
    if (before === null) return noCounts;
    const { rows } = await session.query(`SELECT count(*) FROM ${words.table(target.relation)}`);
    return { ...noCounts, rowsBefore: before.rowCount, rowsAfter: Number(rows[0]?.[0]) };
  }

  async #insert(text: string): Promise<void> {
    const { session } = this.#tools;
    try {
      await session.query(text);
    } catch (error) {
      throw session.tools.writer.judge(error) === 'row' ? refusedTogetherError(error) : error;
    }
  }
}
