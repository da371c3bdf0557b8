import { randomUUID } from 'node:crypto';
import type { ImportItem } from '../../shared/model/transfer.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { ImportFile } from './ImportFile.ts';
import { eraseEntry, type ImportEntry } from './importEntry.ts';
import { importGone } from './transferErrors.ts';

interface OpenFile {
  readonly fileName: string;
  /** The product that wrote it; null: Mooring. */
  readonly product: string | null;
}

/** A file that was opened and is not imported yet. */
export type OpenImport =
  | (OpenFile & Pick<Extract<ImportFile, { type: 'sealed' }>, 'type' | 'open'>)
  | (OpenFile & {
      readonly type: 'ready';
      readonly entries: readonly ImportEntry[];
      /** What the person was shown. */
      readonly items: readonly ImportItem[];
    });

const maxOpenCount = 4;
const keptMs = 10 * 60_000;

/** The files that are open, in memory only: at most four, each for ten minutes. */
export class OpenImports {
  readonly #clock: Clock;
  readonly #open = new Map<string, { readonly file: OpenImport; readonly timer: Timer }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a file, under the id it had if it was taken before. The oldest makes room. */
  keep(file: OpenImport, importId: string = randomUUID()): string {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= maxOpenCount && oldest !== undefined) this.forget(oldest);
    const timer = this.#clock.after(keptMs, () => this.forget(importId));
    this.#open.set(importId, { file, timer });
    return importId;
  }

  /** Takes a file out, so that nobody else works with it meanwhile. @throws NOT_FOUND */
  take(importId: string): OpenImport {
    const found = this.#open.get(importId);
    if (found === undefined) throw importGone();
    found.timer.cancel();
    this.#open.delete(importId);
    return found.file;
  }

  /** Forgets a file and its secrets; one that is not open is forgotten already. */
  forget(importId: string): void {
    if (this.#open.has(importId)) erase(this.take(importId));
  }

  forgetAll(): void {
    for (const importId of [...this.#open.keys()]) this.forget(importId);
  }
}

/** Zeroes the secrets of a file that is needed no more. */
export function erase(file: OpenImport): void {
  if (file.type === 'ready') for (const entry of file.entries) eraseEntry(entry);
}
