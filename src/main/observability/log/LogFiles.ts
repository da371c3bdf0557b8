import { closeSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogPlace } from '../../../shared/model/log.ts';
import type { Clock } from '../../base/Clock.ts';
import { readLine } from './logLines.ts';

/** A file is closed when it has so many bytes, or its first line is so old. */
export const maxLogFileBytes = 5 * 1024 * 1024;
const maxSpanMs = 7 * 24 * 60 * 60 * 1_000;
/** So many are kept beside the one that is written, and none whose last line is older than this. */
const keptFileCount = 5;
const keptMs = 30 * 24 * 60 * 60 * 1_000;

const currentName = 'mooring.log';
const olderName = (age: number) => `mooring.${age}.log`;
/** How far into a file its first line is looked for. */
const firstLineBytes = 64 * 1024;

/** The files of the log: the one that is written, and older ones, `mooring.1.log` being the youngest of them. */
export class LogFiles {
  readonly current: string;
  readonly #folder: string;
  readonly #clock: Clock;
  /** When the first line of the current file was written; null: it has none. */
  #beganAtMs: number | null;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    this.current = join(folder, currentName);
    this.#create();
    this.#beganAtMs = beganAtMs(this.current);
    this.#dropOld();
  }

  /** Whether the next line belongs into a new file. Asked before each line. */
  isOverdue(): boolean {
    const nowMs = this.#clock.wallMs();
    this.#beganAtMs ??= nowMs;
    return nowMs - this.#beganAtMs >= maxSpanMs || this.#size() >= maxLogFileBytes;
  }

  /** Puts the current file aside. When that is not possible it goes on being written: no line is lost for it. */
  rotate(): void {
    this.#beganAtMs = null;
    try {
      rmSync(join(this.#folder, olderName(keptFileCount)), { force: true });
      for (const age of this.#olderAges().toReversed()) {
        renameSync(join(this.#folder, olderName(age)), join(this.#folder, olderName(age + 1)));
      }
      renameSync(this.current, join(this.#folder, olderName(1)));
      this.#create();
      this.#dropOld();
    } catch {
      // A program that has one of them open, or a folder that was made read-only: it is tried again with a later line.
    }
  }

  /** Where the next line will be written. */
  end(): LogPlace {
    const { ino, size } = statSync(this.current, { bigint: true });
    return { file: String(ino), offset: Number(size) };
  }

  /** Paths of all files, newest first. */
  paths(): string[] {
    return [this.current, ...this.#olderAges().map((age) => join(this.#folder, olderName(age)))];
  }

  #size(): number {
    return statSync(this.current, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Empty, for its owner only, unless it is there. */
  #create(): void {
    closeSync(openSync(this.current, 'a', 0o600));
  }

  #olderAges(): number[] {
    return readdirSync(this.#folder)
      .map((name) => Number(/^mooring\.([1-9]\d?)\.log$/.exec(name)?.[1] ?? 0))
      .filter((age) => age > 0)
      .sort((left, right) => left - right);
  }

  #dropOld(): void {
    const oldestMs = this.#clock.wallMs() - keptMs;
    for (const age of this.#olderAges()) {
      const path = join(this.#folder, olderName(age));
      if (age > keptFileCount || statSync(path).mtimeMs < oldestMs) rmSync(path, { force: true });
    }
  }
}

function beganAtMs(path: string): number | null {
  try {
    const file = openSync(path, 'r');
    try {
      const start = Buffer.alloc(firstLineBytes);
      const text = start.toString('utf8', 0, readSync(file, start, 0, firstLineBytes, 0));
      return readLine(text.slice(0, text.indexOf('\n')))?.at ?? null;
    } finally {
      closeSync(file);
    }
  } catch {
    // It cannot be read: then its age is counted from now on.
    return null;
  }
}
