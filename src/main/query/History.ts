import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HistoryEntry } from '../../shared/model/query.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { HistoryPage, HistoryPageInput, HistoryRepository, NewHistoryEntry } from './QueryHistory.ts';

/** How long an entry waits for others, so that a script of many statements is written in few transactions. */
const collectMs = 250;
/** In UTF-16 units; more is written at once. */
const collectLength = 1_000_000;
/** Entries whose texts are searched without a pause. */
const scannedCount = 200;

export interface HistoryOptions {
  readonly repository: HistoryRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What ran, collected and written together. What is asked for is always up to date. */
export class History {
  readonly #options: HistoryOptions;
  #collected: NewHistoryEntry[] = [];
  #length = 0;
  #timer: Timer | null = null;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Never throws: a statement that ran is not to fail for its entry. */
  add(entry: NewHistoryEntry): void {
    this.#collected.push(entry);
    this.#length += entry.text.length;
    if (this.#length > collectLength) this.flush();
    else this.#timer ??= this.#options.clock.after(collectMs, () => this.flush());
  }

  /** Writes what was collected; also the last step of closing. Never throws. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#collected.length === 0) return;
    const entries = this.#collected;
    this.#collected = [];
    this.#length = 0;
    try {
      this.#options.repository.add(entries);
    } catch (error) {
      this.#options.logger.warn('The history could not be written', { count: entries.length }, error);
    }
  }

  /** Newest first. Searches a part at a time, so that nothing else waits for it. @throws STORE_… */
  async page(input: HistoryPageInput): Promise<HistoryPage> {
    this.flush();
    const entries: HistoryEntry[] = [];
    let beforeId: number | null = input.beforeId;
    do {
      const limit = input.limit + 1 - entries.length;
      const found = this.#options.repository.find({ ...input, beforeId, limit }, scannedCount);
      entries.push(...found.entries);
      beforeId = found.nextBeforeId;
      if (beforeId !== null) await nextTurn();
    } while (beforeId !== null && entries.length <= input.limit);
    return { entries: entries.slice(0, input.limit), hasMore: entries.length > input.limit };
  }

  /** All of a text; null when there is no such entry. @throws STORE_… */
  text(id: number): string | null {
    this.flush();
    return this.#options.repository.text(id);
  }

  /** @throws STORE_… */
  clear(): void {
    this.flush();
    this.#options.repository.clear();
  }
}
