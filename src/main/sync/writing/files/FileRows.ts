import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { RejectedRow, ValueLoss } from '../../copy/ports.ts';

/** Writes rows in a format. Takes what it wrote to the file by itself. */
export interface FileRows {
  /** @returns rows that are not written, with the reason @throws what writing to the file fails with */
  add(rows: EncodedRows): Promise<readonly RejectedRow[]>;
  /** Writes what stands behind the last row. @throws as `add` */
  end(): Promise<void>;
  readonly losses: readonly ValueLoss[];
}
