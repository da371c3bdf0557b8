import type { ByteOutput } from './ByteOutput.ts';

/** A cell that is too long to be encoded in one turn of the event loop, part by part. */
export interface LongCellEncoder {
  begin(output: ByteOutput): void;
  /** A part ends with a whole character. */
  part(bytes: Buffer, from: number, to: number, output: ByteOutput): void;
  end(output: ByteOutput): void;
}

/** Turns rows into the text of a file or of the clipboard. */
export interface RowEncoder {
  begin(output: ByteOutput): void;
  beginRow(isFirst: boolean, output: ByteOutput): void;
  /**
   * @param place of the cell in its row
   * @param from where its bytes begin; -1 for NULL
   */
  cell(place: number, bytes: Buffer, from: number, to: number, output: ByteOutput): void;
  /** For the cell at a place, which is not NULL. */
  longCell(place: number): LongCellEncoder;
  endRow(output: ByteOutput): void;
  end(output: ByteOutput): void;
}
