import { closeSync, fstatSync, openSync, read } from 'node:fs';
import { promisify } from 'node:util';
import type { LogFilter, LogLine, LogPage, LogPlace } from '../../../shared/model/log.ts';
import { throwIfAborted } from '../../base/abort.ts';
import type { LogFiles } from './LogFiles.ts';
import { filterOf } from './logFilter.ts';
import { readLine } from './logLines.ts';

/** Read at once: some 300 lines, which take a millisecond or two to parse. */
const chunkBytes = 64 * 1024;
const lineEnd = 0x0a;

const readBytes = promisify(read);

interface OpenFile {
  readonly descriptor: number;
  readonly name: string;
  readonly size: number;
}

/** Reads the log backwards, page by page. */
export class LogReader {
  readonly #files: LogFiles;

  constructor(files: LogFiles) {
    this.#files = files;
  }

  /**
   * The youngest lines before a place that pass the filter. What is no line is passed over.
   * @throws what `signal` was aborted with
   */
  async page(filter: LogFilter, before: LogPlace, limit: number, signal: AbortSignal): Promise<LogPage> {
    const passes = filterOf(filter);
    const lines: LogLine[] = [];
    // All of them in one turn: a rotation between two of them would give a file twice.
    const files = this.#files.paths().map(openFile);
    try {
      for await (const { text, place } of backwards(files, before)) {
        throwIfAborted(signal);
        const line = readLine(text);
        if (line === null || !passes(line)) continue;
        lines.push(line);
        if (lines.length === limit) return { lines, before: place };
      }
      return { lines, before: null };
    } finally {
      for (const { descriptor } of files) closeSync(descriptor);
    }
  }
}

function openFile(path: string): OpenFile {
  const descriptor = openSync(path, 'r');
  const { ino, size } = fstatSync(descriptor, { bigint: true });
  return { descriptor, name: String(ino), size: Number(size) };
}

/** The lines before a place, the last one first, each with where it begins. @param files newest first */
async function* backwards(files: readonly OpenFile[], before: LogPlace) {
  // Newer files than that of the place came after it. When it is gone, everything before it is gone too.
  const first = files.findIndex(({ name }) => name === before.file);
  for (const { descriptor, name, size } of first === -1 ? [] : files.slice(first)) {
    const end = name === before.file ? Math.min(before.offset, size) : size;
    for await (const { text, offset } of linesBackwards(descriptor, end)) {
      yield { text, place: { file: name, offset } };
    }
  }
}

/** The lines of a file before a place, the last one first, each with where it begins. */
async function* linesBackwards(descriptor: number, end: number) {
  /** What was read and is not given yet: it begins in the middle of a line, at `start`. */
  let rest = Buffer.alloc(0);
  let start = end;
  while (start > 0) {
    const length = Math.min(chunkBytes, start);
    const { buffer, bytesRead } = await readBytes(
      descriptor,
      Buffer.allocUnsafe(length),
      0,
      length,
      start - length,
    );
    start -= length;
    rest = Buffer.concat([buffer.subarray(0, bytesRead), rest]);
    for (;;) {
      // The last byte ends the last line itself.
      const before = rest.lastIndexOf(lineEnd, rest.length - 2);
      if (before === -1) break;
      yield { text: rest.toString('utf8', before + 1), offset: start + before + 1 };
      rest = rest.subarray(0, before + 1);
    }
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), offset: 0 };
}
