import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../Logger.ts';
import type { SourceStatistics } from './SourceStatistics.ts';
import type { KeptStatement, StatisticsRepository } from './StatisticsRepository.ts';

const writeIntervalMs = 60_000;
/** Statements that are written without a pause: some milliseconds. */
const statementsPerWrite = 100;

export interface StatisticsKeeperOptions {
  readonly repository: StatisticsRepository;
  readonly sources: ReadonlyMap<DataSourceId, SourceStatistics>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isKept: boolean;
}

/** Keeps statistics over a restart, if that is wanted. What fails is tried again a minute later; nothing waits for it. */
export class StatisticsKeeper {
  readonly #options: StatisticsKeeperOptions;
  #isKept: boolean;
  #timer: Timer | null = null;

  constructor(options: StatisticsKeeperOptions) {
    this.#options = options;
    this.#isKept = options.isKept;
  }

  /** What is kept of a data source; nothing when it cannot be read. */
  load(id: DataSourceId): KeptStatement[] {
    if (!this.#isKept) return [];
    return this.#attempt([], () => this.#options.repository.load(id));
  }

  /** Something has changed: it is written within a minute. */
  changed(): void {
    if (!this.#isKept || this.#timer !== null) return;
    this.#timer = this.#options.clock.after(writeIntervalMs, () => {
      this.#timer = null;
      void this.#writeAll();
    });
  }

  /** Writes what has changed of one data source, at once. */
  write(id: DataSourceId): void {
    const source = this.#options.sources.get(id);
    while (source !== undefined && this.#writeSome(id, source));
  }

  /** @throws STORE_… */
  clear(id: DataSourceId): void {
    this.#options.repository.clear(id);
  }

  /** From now on; what was kept is forgotten when it is not wanted any more. @throws STORE_… */
  setKept(isKept: boolean): void {
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    if (!isKept) {
      this.#options.repository.clearAll();
      return;
    }
    for (const source of this.#options.sources.values()) source.allChanged();
    this.changed();
  }

  /** Writes what is left. Never throws. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    for (const id of this.#options.sources.keys()) this.write(id);
  }

  async #writeAll(): Promise<void> {
    for (const [id, source] of this.#options.sources) {
      while (this.#writeSome(id, source)) await nextTurn();
    }
  }

  /** @returns whether there may be more */
  #writeSome(id: DataSourceId, source: SourceStatistics): boolean {
    if (!this.#isKept) return false;
    const changes = source.takeChanges(statementsPerWrite);
    if (changes.changed.length === 0 && changes.dropped.length === 0) return false;
    return this.#attempt(false, () => {
      try {
        this.#options.repository.write(id, changes.changed, changes.dropped);
        return true;
      } catch (error) {
        source.giveBack(changes);
        throw error;
      }
    });
  }

  #attempt<Value>(otherwise: Value, work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      this.#options.logger.warn('Query statistics could not be kept', {}, error);
      return otherwise;
    }
  }
}
