import { createHash } from 'node:crypto';
import { cellLengthAt, headerBytes } from '../../results/spool/cells.ts';

/** A cell of a row; both -1 for NULL. */
export interface CellBounds {
  readonly from: number;
  readonly to: number;
}

const noCell: CellBounds = { from: -1, to: -1 };

/** Where a row of so many columns ends. */
export function rowEnd(bytes: Uint8Array, start: number, columnCount: number): number {
  let at = start;
  for (let column = 0; column < columnCount; column += 1) {
    at += headerBytes + Math.max(0, cellLengthAt(bytes, at));
  }
  return at;
}

export function cellAt(bytes: Uint8Array, rowStart: number, column: number): CellBounds {
  const at = rowEnd(bytes, rowStart, column);
  const length = cellLengthAt(bytes, at);
  return length < 0 ? noCell : { from: at + headerBytes, to: at + headerBytes + length };
}

/** The server's own text of a cell; null for NULL. */
export function cellText(bytes: Buffer, rowStart: number, column: number): string | null {
  const { from, to } = cellAt(bytes, rowStart, column);
  return from < 0 ? null : bytes.toString('utf8', from, to);
}

/** The same of all cells of a row. */
export function cellTexts(bytes: Buffer, rowStart: number, columnCount: number): (string | null)[] {
  let at = rowStart;
  return Array.from({ length: columnCount }, () => {
    const length = cellLengthAt(bytes, at);
    const from = at + headerBytes;
    at = from + Math.max(0, length);
    return length < 0 ? null : bytes.toString('utf8', from, at);
  });
}

/** Characters of a hash in base64: 96 bits, which nothing shares by chance. */
const hashLength = 16;

/** Tells rows apart by some of their columns, or by all of them. @param columns null: all */
export function rowHash(
  bytes: Buffer,
  rowStart: number,
  columns: readonly number[] | null,
  columnCount: number,
): string {
  const hash = createHash('sha256');
  if (columns === null) hash.update(bytes.subarray(rowStart, rowEnd(bytes, rowStart, columnCount)));
  for (const column of columns ?? []) {
    const { from, to } = cellAt(bytes, rowStart, column);
    hash.update(`${to - from}:${from < 0 ? 'null' : ''}`);
    if (from >= 0) hash.update(bytes.subarray(from, to));
  }
  return hash.digest('base64').slice(0, hashLength);
}
