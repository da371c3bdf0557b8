import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { PipelineFileFormat } from '../../../../shared/model/pipelines.ts';
import type { PlannedColumn } from '../../../../shared/model/pipelineViews.ts';
import type { ResultColumn, ValueKind } from '../../../../shared/model/results.ts';
import type { Pace } from '../../../base/async/Pace.ts';
import type { EncodedRows } from '../../../connectors/RowStream.ts';
import { encoderFor } from '../../../results/files/encoderFor.ts';
import { RowText } from '../../../results/files/RowText.ts';
import type { SourceCells, ValueLoss } from '../../copy/ports.ts';
import { CanonicalEncoder } from './CanonicalEncoder.ts';
import type { FileRows } from './FileRows.ts';

/** How results show values of a type. */
export const kindOf = ({ type }: LogicalType): ValueKind => (type === 'uuid' ? 'text' : type);

/** CSV and NDJSON: the canonical text of each value, as exports write it. Every value has one, so nothing is lost. */
export class TextRows implements FileRows {
  readonly #text: RowText;
  /** Null: the cells come canonical. */
  readonly #canonical: CanonicalEncoder | null;

  /** @param source how cells are taken out of rows of the source; null: rows are those of the file, canonical */
  constructor(
    format: Exclude<PipelineFileFormat, { type: 'parquet' }>,
    planned: readonly PlannedColumn[],
    source: SourceCells | null,
    pace: Pace,
    write: (bytes: Uint8Array) => Promise<void>,
  ) {
    const columns = planned.map(
      ({ name, declared, type }): ResultColumn => ({ name, type: declared, kind: kindOf(type) }),
    );
    const encoder = encoderFor(format, columns);
    const names = columns.map(({ name }) => name);
    this.#canonical = source === null ? null : new CanonicalEncoder(encoder, names, source.cells);
    this.#text = new RowText({
      columnCount: source?.columnCount ?? columns.length,
      columns: source?.cells.map(({ column }) => column) ?? [...columns.keys()],
      encoder: this.#canonical ?? encoder,
      pace,
      write,
    });
  }

  get losses(): readonly ValueLoss[] {
    return this.#canonical?.losses ?? [];
  }

  async add(rows: EncodedRows): Promise<readonly []> {
    await this.#text.add(rows);
    return [];
  }

  end(): Promise<void> {
    return this.#text.end();
  }
}
