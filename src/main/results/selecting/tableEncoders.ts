import type { ByteOutput } from '../files/ByteOutput.ts';
import type { LongCellEncoder, RowEncoder } from '../files/RowEncoder.ts';

/** How a format for the clipboard writes rows; all else is the same for all of them. */
export interface TableFormat {
  readonly head: string;
  readonly beforeRow: (isFirst: boolean) => string;
  readonly between: string;
  readonly afterRow: string;
  readonly end: string;
  readonly nullText: string;
  /** A whole value; never NULL. */
  readonly value: (text: string, place: number) => string;
}

/** Writes rows by a format that takes values as text. For the clipboard, which holds no more than memory does. */
export class TableEncoder implements RowEncoder {
  readonly #format: TableFormat;

  constructor(format: TableFormat) {
    this.#format = format;
  }

  begin(output: ByteOutput): void {
    put(this.#format.head, output);
  }

  beginRow(isFirst: boolean, output: ByteOutput): void {
    put(this.#format.beforeRow(isFirst), output);
  }

  cell(place: number, bytes: Buffer, from: number, to: number, output: ByteOutput): void {
    if (place > 0) put(this.#format.between, output);
    put(
      from < 0 ? this.#format.nullText : this.#format.value(bytes.toString('utf8', from, to), place),
      output,
    );
  }

  longCell(place: number): LongCellEncoder {
    const parts: Buffer[] = [];
    return {
      begin: () => undefined,
      part: (bytes, from, to) => void parts.push(Buffer.from(bytes.subarray(from, to))),
      end: (output) => {
        const whole = Buffer.concat(parts);
        this.cell(place, whole, 0, whole.length, output);
      },
    };
  }

  endRow(output: ByteOutput): void {
    put(this.#format.afterRow, output);
  }

  end(output: ByteOutput): void {
    put(this.#format.end, output);
  }
}

function put(text: string, output: ByteOutput): void {
  if (text === '') return;
  // A character has three bytes at most for each unit of UTF-16.
  output.reserve(3 * text.length);
  output.length += output.bytes.write(text, output.length);
}
