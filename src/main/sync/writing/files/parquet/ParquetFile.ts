import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import type { Pace } from '../../../../base/async/Pace.ts';
import type { ParquetValue } from './ParquetCell.ts';
import type { SchemaElement } from './parquetElement.ts';

/** Bytes of a page, before it is compressed. */
const pageBytes = 1024 * 1024;

/** Values of a column, of the rows of a group. */
export type ColumnValues = (ParquetValue | undefined)[];

/** Writes the groups of rows of a file, a column at a time, so that none of its turns is as long as a group takes. */
export class ParquetFile {
  readonly #root: SchemaElement;
  readonly #columns: readonly SchemaElement[];
  readonly #bytes = new ByteWriter(2 * pageBytes);
  readonly #file: ParquetWriter;
  readonly #pace: Pace;
  readonly #write: (bytes: Uint8Array) => Promise<void>;

  constructor(columns: readonly SchemaElement[], pace: Pace, write: (bytes: Uint8Array) => Promise<void>) {
    this.#root = { name: 'root', num_children: columns.length };
    this.#columns = columns;
    const schema = [this.#root, ...columns];
    this.#file = new ParquetWriter({ writer: this.#bytes, schema, createdBy: 'Mooring' });
    this.#pace = pace;
    this.#write = write;
  }

  /** @throws what writing to the file fails with */
  async addGroup(columns: readonly ColumnValues[], rowCount: number): Promise<void> {
    const file = this.#file;
    const start = this.#bytes.offset;
    const chunks = [];
    for (const [index, element] of this.#columns.entries()) {
      const written = this.#column(element, columns[index] ?? []);
      file.pendingIndexes.push(written);
      chunks.push(written.chunk);
      await this.#flush();
    }
    file.num_rows += BigInt(rowCount);
    file.row_groups.push({
      columns: chunks,
      total_byte_size: chunks.reduce(
        (sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n),
        0n,
      ),
      num_rows: BigInt(rowCount),
      total_compressed_size: BigInt(this.#bytes.offset - start),
    });
  }

  /** Writes what says where the groups are. @throws as `addGroup` */
  async end(): Promise<void> {
    this.#file.finish();
    await this.#flush();
  }

  #column(element: SchemaElement, values: ColumnValues): ReturnType<typeof writeColumn> {
    const definitionLevels = values.map((value) => (value === undefined ? 0 : 1));
    return writeColumn({
      writer: this.#bytes,
      column: {
        ...{ columnName: element.name, element, schemaPath: [this.#root, element] },
        ...{ codec: 'SNAPPY', compressors: { SNAPPY: snappyCompress } },
        ...{ stats: true, pageSize: pageBytes, columnIndex: false, offsetIndex: true },
      },
      // Every column may be NULL, and none is a list.
      pageData: { values, definitionLevels, repetitionLevels: [], maxDefinitionLevel: 1 },
    });
  }

  async #flush(): Promise<void> {
    await this.#write(this.#bytes.getBytes());
    this.#bytes.index = 0;
    await this.#pace.pause();
  }
}
