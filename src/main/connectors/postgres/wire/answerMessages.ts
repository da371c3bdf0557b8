/** Reads the messages of an answer. They have been checked by the `MessageGate`: lengths and terminators are right. */
import pg from 'pg';
import type { Notice, Notification } from '../../../../shared/model/query.ts';
import { serverNotice } from '../../sql/serverNotice.ts';

/** A column as RowDescription announces it. */
export interface AnswerColumn {
  readonly name: string;
  readonly typeId: number;
}

/** RowDescription: a count, then for each column its name and 18 bytes, of which six are about its table. */
export function readColumns(bytes: Buffer, start: number): readonly AnswerColumn[] {
  const columns: AnswerColumn[] = [];
  const count = bytes.readInt16BE(start);
  let offset = start + 2;
  for (let column = 0; column < count; column += 1) {
    const zero = bytes.indexOf(0, offset);
    columns.push({ name: bytes.toString('utf8', offset, zero), typeId: bytes.readUInt32BE(zero + 7) });
    offset = zero + 19;
  }
  return columns;
}

/** All rows without a column are this one. */
const noCells: readonly [] = [];

/** What a DataRow begins with: the number of its cells. */
export const cellCountBytes = 2;

/** The cells of a DataRow, which begin at `start`: the server's own text of each. */
export function readCells(bytes: Buffer, start: number, count: number): readonly (string | null)[] {
  if (count === 0) return noCells;
  // Of its final size at once: an array that grows keeps room for 16 cells more.
  const cells = new Array<string | null>(count);
  let offset = start;
  for (let cell = 0; cell < count; cell += 1) {
    const length = bytes.readInt32BE(offset);
    offset += 4;
    cells[cell] = length < 0 ? null : bytes.toString('utf8', offset, offset + length);
    if (length > 0) offset += length;
  }
  return cells;
}

/** How many bytes of the cells of a DataRow are their text: all but the lengths. */
export function textBytesOf(cells: readonly (string | null)[], start: number, end: number): number {
  return end - start - 4 * cells.length;
}

/**
 * CommandComplete: the command (`CREATE TABLE`), and how many rows it was about (`SELECT 5`, `INSERT 0 1`), or null
 * (`BEGIN`).
 */
export function readCompletion(bytes: Buffer, start: number, end: number) {
  const tag = bytes.toString('latin1', start, end - 1);
  return { command: tag.replace(/ \d.*$/s, ''), rowCount: readRowCount(bytes, start, end) };
}

function readRowCount(bytes: Buffer, start: number, end: number): number | null {
  let value = 0;
  let factor = 1;
  let offset = end - 2;
  for (; offset > start && isDigit(bytes[offset]); offset -= 1) {
    value += factor * ((bytes[offset] ?? 0) - 0x30);
    factor *= 10;
  }
  return factor > 1 && bytes[offset] === 0x20 ? value : null;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Shut down by an administrator, by a crash, or by a time limit: the session is over, however serious the server calls it. */
const endOfSession: ReadonlySet<string> = new Set(['57P01', '57P02', '57P05', '25P03', '25P04']);

/** A server's complaint, with the fields that are told or decided by. */
export interface ServerComplaint {
  readonly error: pg.DatabaseError;
  /** Whether the server ends the session with it. */
  readonly endsSession: boolean;
}

/** ErrorResponse and NoticeResponse: fields of a letter and a text each. */
function readFields(bytes: Buffer, start: number): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let offset = start;
  while (bytes[offset] !== 0) {
    const zero = bytes.indexOf(0, offset + 1);
    fields.set(String.fromCharCode(bytes[offset] ?? 0), bytes.toString('utf8', offset + 1, zero));
    offset = zero + 1;
  }
  return fields;
}

/** NoticeResponse, with its severity in the language of the server. */
export function readNotice(bytes: Buffer, start: number): Notice {
  const fields = readFields(bytes, start);
  return serverNotice({
    severity: fields.get('S') ?? fields.get('V') ?? '',
    message: fields.get('M') ?? '',
    detail: fields.get('D') ?? null,
    hint: fields.get('H') ?? null,
    code: fields.get('C') ?? null,
  });
}

/** NotificationResponse: the session that notified, the channel and the payload. */
export function readNotification(bytes: Buffer, start: number): Notification {
  const zero = bytes.indexOf(0, start + 4);
  return {
    backendId: bytes.readInt32BE(start),
    channel: bytes.toString('utf8', start + 4, zero),
    payload: bytes.toString('utf8', zero + 1, bytes.indexOf(0, zero + 1)),
  };
}

/** ErrorResponse. */
export function readComplaint(bytes: Buffer, start: number, end: number): ServerComplaint {
  const fields = readFields(bytes, start);
  const error = new pg.DatabaseError(fields.get('M') ?? '', end - start, 'error');
  error.severity = fields.get('S');
  error.code = fields.get('C');
  error.detail = fields.get('D');
  error.hint = fields.get('H');
  error.position = fields.get('P');
  error.routine = fields.get('R');
  error.table = fields.get('t');
  error.column = fields.get('c');
  error.constraint = fields.get('n');
  // `V` is the severity in English whatever the server's language; poolers and old servers leave it out.
  const severity = fields.get('V') ?? fields.get('S') ?? '';
  const endsSession = severity === 'FATAL' || severity === 'PANIC' || endOfSession.has(error.code ?? '');
  return { error, endsSession };
}
