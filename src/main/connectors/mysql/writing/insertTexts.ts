/** Rows as INSERT statements, for servers that take no LOAD DATA from this computer. */
import type { EncodedRows } from '../../RowStream.ts';
import type { WriteTarget } from '../../TableWriter.ts';
import { quoteName, quoteRelation } from '../catalogue/catalogueSql.ts';
import { type ColumnForm, valueSql } from './columnForms.ts';
import { rowsRefused } from './refusedRows.ts';

const lengthBytes = 4;
/** What means the same in quotes under any sql_mode. */
const plain = /^[\w .:+-]*$/;
/** A value that is written so is short; others go as their bytes. */
const plainBytes = 64;
const digits = /^(?:0x)?((?:[0-9a-f]{2})*)$/i;
const number = /^\d{1,20}$/;

/**
 * Statements that insert all rows, each no longer than it may be unless it has a single row.
 * @param maxBytes of a statement, in which every character is one byte
 * @throws a row's fault, for what are no bytes or bits
 */
export function* insertTexts(
  { relation, columns }: WriteTarget,
  forms: readonly ColumnForm[],
  rows: EncodedRows,
  maxBytes: number,
): Generator<string> {
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const head = `INSERT INTO ${quoteRelation(relation)} (${names}) VALUES `;
  const headBytes = Buffer.byteLength(head);
  let parts: string[] = [];
  let byteCount = headBytes;
  for (const start of rows.starts) {
    const row = rowText(rows.bytes, start, forms);
    if (parts.length > 0 && byteCount + row.length + 1 > maxBytes) {
      yield head + parts.join(',');
      parts = [];
      byteCount = headBytes;
    }
    parts.push(row);
    byteCount += row.length + 1;
  }
  if (parts.length > 0) yield head + parts.join(',');
}

function rowText(bytes: Buffer, start: number, forms: readonly ColumnForm[]): string {
  let offset = start;
  const cells = forms.map((form) => {
    const length = bytes.readInt32BE(offset);
    offset += lengthBytes + Math.max(0, length);
    return length < 0 ? 'NULL' : literal(form, bytes, offset - length, offset);
  });
  return `(${cells.join(',')})`;
}

function literal(form: ColumnForm, bytes: Buffer, start: number, end: number): string {
  switch (form) {
    case 'bytes': {
      const [, found] = digits.exec(bytes.toString('latin1', start, end)) ?? [];
      if (found === undefined) throw unreadable('a column of bytes');
      return `x'${found}'`;
    }
    case 'bits': {
      const text = bytes.toString('latin1', start, end);
      if (!number.test(text)) throw unreadable('a column of bits');
      return text;
    }
    case 'geometry':
      return valueSql(form, textLiteral(bytes, start, end));
    case 'text':
      return textLiteral(bytes, start, end);
  }
}

function textLiteral(bytes: Buffer, start: number, end: number): string {
  if (end - start <= plainBytes) {
    const text = bytes.toString('latin1', start, end);
    if (plain.test(text)) return `'${text}'`;
  }
  return `_utf8mb4 x'${bytes.toString('hex', start, end)}'`;
}

const unreadable = (what: string) => rowsRefused(`The text of a value does not fit ${what}.`, null);
