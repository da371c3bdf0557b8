import type { EncodedRows } from '../../../connectors/RowStream.ts';
import { noCounts, type TableWriting, type WritingTools } from './TableWriting.ts';

/** Appends rows to the table batch by batch; for readings that go on behind the last one. */
export class DirectWriting implements TableWriting {
  readonly createStaging = null;
  readonly #tools: WritingTools;

  constructor(tools: WritingTools) {
    this.#tools = tools;
  }

  async begin(): Promise<void> {}

  async write(rows: EncodedRows): Promise<number> {
    const { session, target } = this.#tools;
    await session.tools.writer.load(session.tools.connection, target, rows, session.options);
    return rows.starts.length;
  }

  async finish() {
    return noCounts;
  }
}
