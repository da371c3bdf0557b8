import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CellPart } from '../../../shared/model/results.ts';
import { countCharacters, skipCharacters } from './characters.ts';
import { longTextBytes } from './LongTexts.ts';
import { type FoundCell, RowCursor } from './RowCursor.ts';
import type { Spool } from './Spool.ts';

/** Bytes of a long text that are looked at in one turn of the event loop. */
const chunkBytes = 1024 * 1024;
const longestCharacter = 4;

/** A place in a text that is not all ASCII. */
interface Place {
  readonly cell: number;
  readonly character: number;
  /** Counted from the beginning of the text. */
  readonly byte: number;
}

/** Reads single values, whole or in parts, in bounded memory. */
export class CellReader {
  readonly #spool: Spool;
  /** Where the last part ended, so that a value that is read part by part is gone over once. */
  #last: Place = { cell: -1, character: 0, byte: 0 };

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** @param offset in characters, as `length` */
  async part(row: number, column: number, offset: number, length: number): Promise<CellPart> {
    const cell = await this.#find(row, column);
    if (cell === null) return { text: null, length: 0, byteLength: 0 };
    const { position, byteLength } = cell;
    const characters = await this.#charactersOf(row, column, cell);
    const from = characters === byteLength ? Math.min(offset, byteLength) : await this.#byteOf(cell, offset);
    const bytes = await this.#spool.read(
      position + from,
      Math.min(length * longestCharacter, byteLength - from),
    );
    const taken = skipCharacters(bytes, 0, bytes.length, length);
    this.#last = { cell: position, character: offset + taken.count, byte: from + taken.position };
    return { text: bytes.toString('utf8', 0, taken.position), length: characters, byteLength };
  }

  async #find(row: number, column: number): Promise<FoundCell | null> {
    const starts = await this.#spool.starts(row, 1);
    const cursor = new RowCursor(this.#spool, starts[0] ?? 0, starts[1] ?? 0);
    for (let skipped = 0; skipped < column; skipped += 1) await cursor.next();
    return cursor.next();
  }

  async #charactersOf(row: number, column: number, { position, byteLength }: FoundCell): Promise<number> {
    if (byteLength > longTextBytes) return this.#spool.longTextCharacters(row, column, byteLength);
    return countCharacters(await this.#spool.read(position, byteLength), 0, byteLength);
  }

  /** Where a character begins in a text that is not all ASCII. */
  async #byteOf({ position, byteLength }: FoundCell, offset: number): Promise<number> {
    const last = this.#last;
    let { byte, character } =
      last.cell === position && last.character <= offset ? last : { byte: 0, character: 0 };
    while (character < offset && byte < byteLength) {
      const bytes = await this.#spool.read(position + byte, Math.min(chunkBytes, byteLength - byte));
      const isEnd = byte + bytes.length === byteLength;
      // A character may go on behind the chunk: the next one begins with it.
      const to = isEnd ? bytes.length : bytes.length - (longestCharacter - 1);
      const skipped = skipCharacters(bytes, 0, to, offset - character, bytes.length);
      byte += skipped.position;
      character += skipped.count;
      await nextTurn();
    }
    return byte;
  }
}
