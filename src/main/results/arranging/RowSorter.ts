import type { Pace } from '../../base/async/Pace.ts';
import type { AppendFile } from '../spool/AppendFile.ts';
import { KeyBatch, type SortedEntry } from './KeyBatch.ts';
import { MergeHeap } from './MergeHeap.ts';
import { compareCursors, type RunCursor, SortedRun } from './SortedRun.ts';

/** Runs that are merged at once; each has a part of its file in memory. */
const maxRuns = 64;
/** Entries between two looks at the clock. */
const entriesPerLook = 1_024;

export interface RowSorterOptions {
  /** A file of its own for each run. */
  readonly newFile: () => AppendFile;
  readonly pace: Pace;
}

/** Gives entries in order, and awaits `between` now and then, so that what was taken can be written. */
type GiveSorted = (take: SortedEntry, between: () => Promise<void>) => Promise<void>;

/**
 * Sorts any number of rows by their keys in bounded memory: what does not fit goes to files as sorted runs, which are
 * merged at the end. Rows of equal keys keep their order. `dispose` must be called in any case.
 */
export class RowSorter {
  readonly #options: RowSorterOptions;
  readonly #batch = new KeyBatch();
  #runs: SortedRun[] = [];

  constructor(options: RowSorterOptions) {
    this.#options = options;
  }

  /** Whether the next row needs `makeRoom` first. */
  isFullFor(room: number): boolean {
    return !this.#batch.hasRoomFor(room);
  }

  async makeRoom(): Promise<void> {
    await this.#addRun((take, between) => this.#batch.drain(this.#options.pace, take, between));
  }

  /** As of KeyBatch. */
  add(row: number, room: number, write: (target: Buffer, at: number) => number): void {
    this.#batch.add(row, room, write);
  }

  /** Gives all rows in order. @param between is awaited now and then, so that what was taken can be written */
  async finish(take: SortedEntry, between: () => Promise<void>): Promise<void> {
    if (this.#runs.length === 0) {
      await this.#batch.drain(this.#options.pace, take, between);
      return;
    }
    if (!this.#batch.isEmpty) await this.makeRoom();
    while (this.#runs.length > maxRuns) await this.#mergeSome();
    await this.#merge(this.#runs, take, between);
  }

  /** Removes its files. Never rejects. */
  async dispose(): Promise<void> {
    for (const run of this.#runs.splice(0)) await run.remove();
  }

  /** Writes sorted entries to a run of their own. */
  async #addRun(give: GiveSorted): Promise<void> {
    const run = new SortedRun(this.#options.newFile());
    this.#runs.push(run);
    await give(
      (row, keys, from, to) => run.add(row, keys, from, to),
      () => run.write(),
    );
    await run.finish();
  }

  async #mergeSome(): Promise<void> {
    const merged = this.#runs.slice(0, maxRuns);
    await this.#addRun((take, between) => this.#merge(merged, take, between));
    this.#runs = this.#runs.slice(maxRuns);
    for (const old of merged) await old.remove();
  }

  async #merge(runs: readonly SortedRun[], take: SortedEntry, between: () => Promise<void>): Promise<void> {
    const cursors: RunCursor[] = [];
    for (const run of runs) cursors.push(await run.cursor());
    const heap = new MergeHeap(cursors, compareCursors);
    let sinceLook = 0;
    for (let cursor = heap.top; cursor !== undefined; cursor = heap.top) {
      take(cursor.row, cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (!cursor.advance()) await cursor.load();
      if (cursor.hasEnded) heap.removeTop();
      else heap.topMoved();
      sinceLook += 1;
      if (sinceLook < entriesPerLook) continue;
      sinceLook = 0;
      await between();
      await this.#options.pace.rest();
    }
    await between();
  }
}
