import { isUtf8 } from 'node:buffer';
import type { Pace } from '../../../base/async/Pace.ts';
import { JsonParser } from './JsonParser.ts';
import { JsonTape } from './JsonTape.ts';
import { invalidUtf8 } from './jsonErrors.ts';

/** Takes about half a millisecond. */
const stepBytes = 64 * 1024;
/** Bytes whose encoding is checked in one go; a few hundred microseconds. */
const checkedBytes = 1024 * 1024;
/** Lines are given in parts of about so many bytes. */
const partBytes = 1024 * 1024;

/** Values of an answer: a document has one, a part of NDJSON as many as it has lines. Good until the tape is used again. */
export interface JsonValues {
  readonly tape: JsonTape;
  readonly roots: readonly number[];
}

const bomLength = (bytes: Buffer): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/**
 * Reads one document.
 * @param tape one that is used again; what was on it is gone
 * @throws PROTOCOL_ERROR for what is no JSON in UTF-8, TOO_LARGE, the reason of the pace's signal
 */
export async function readJson(bytes: Buffer, pace: Pace, tape = new JsonTape()): Promise<JsonValues> {
  await requireUtf8(bytes, pace);
  const parser = new JsonParser(bytes, tape, { from: bomLength(bytes) });
  while (!parser.isAtEnd) {
    parser.step(stepBytes);
    if (pace.isOver) await pace.rest();
  }
  parser.finish();
  return { tape, roots: parser.roots };
}

/**
 * Reads NDJSON: a value a line, empty lines left out. Each part is good until the next one is asked for.
 * @throws as `readJson`, naming the record that is wrong
 */
export async function* readJsonLines(
  bytes: Buffer,
  pace: Pace,
  tape = new JsonTape(),
): AsyncGenerator<JsonValues> {
  await requireUtf8(bytes, pace);
  const parser = new JsonParser(bytes, tape, { from: bomLength(bytes), isLines: true });
  let readCount = 0;
  while (!parser.isAtEnd) {
    parser.step(stepBytes);
    readCount += stepBytes;
    if (pace.isOver) await pace.rest();
    if (readCount < partBytes || !parser.isBetween) continue;
    yield { tape, roots: parser.roots };
    parser.forget();
    readCount = 0;
  }
  parser.finish();
  if (parser.roots.length > 0) yield { tape, roots: parser.roots };
}

async function requireUtf8(bytes: Buffer, pace: Pace): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(bytes.length, from + checkedBytes);
    // Not within a character, which has three further bytes at most.
    for (let moved = 0; moved < 3 && to < bytes.length && isFurtherByte(bytes[to]); moved += 1) to -= 1;
    if (!isUtf8(bytes.subarray(from, to))) throw invalidUtf8(firstInvalid(bytes, from, to));
    from = to;
    if (pace.isOver) await pace.rest();
  }
}

const isFurtherByte = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

/** By halves, to within some bytes. */
function firstInvalid(bytes: Buffer, from: number, to: number): number {
  const replaced = bytes.toString('utf8', from, to).indexOf('\ufffd');
  return from + Buffer.byteLength(bytes.toString('utf8', from, to).slice(0, Math.max(0, replaced)));
}
