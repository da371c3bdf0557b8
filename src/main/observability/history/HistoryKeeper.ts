import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../Logger.ts';
import { joined } from '../MeasuredInterval.ts';
import { fromBytes, toBytes } from './intervalBytes.ts';
import type { KeptEvents, KeptInterval, KeptSpan, MetricsRepository } from './MetricsRepository.ts';
import { finest, keptResolutions } from './resolutions.ts';
import { type HistoryChanges, inSteps, type UnwrittenHistory } from './UnwrittenHistory.ts';

const writeIntervalMs = 60_000;
/** Intervals of the finest length that are written without a pause: a minute of twenty-five data sources. */
const intervalsPerWrite = 150;
/** What a wrong clock wrote further ahead than this is forgotten. */
const aheadMs = 24 * 3_600_000;

export interface HistoryKeeperOptions {
  readonly repository: MetricsRepository;
  readonly sources: Map<DataSourceId, UnwrittenHistory>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Writes what was measured once a minute. What fails is tried again a minute later; nothing waits for it. */
export class HistoryKeeper {
  readonly #options: HistoryKeeperOptions;
  #timer: Timer | null = null;
  #isStopped = false;

  constructor(options: HistoryKeeperOptions) {
    this.#options = options;
  }

  /** There is something to write: it is written within a minute. */
  changed(): void {
    if (this.#isStopped) return;
    this.#timer ??= this.#options.clock.after(writeIntervalMs, () => {
      this.#timer = null;
      void this.#writeInTurns();
    });
  }

  /** Writes all that there is, at once. Never throws. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = null;
    while (this.#writeSome());
  }

  /** Writes all that there is, and nothing more. Never throws. */
  stop(): void {
    this.#isStopped = true;
    this.flush();
  }

  async #writeInTurns(): Promise<void> {
    while (this.#writeSome()) await nextTurn();
  }

  /** @returns whether there is more; not when the writing failed */
  #writeSome(): boolean {
    const taken = this.#take();
    if (taken.size === 0) return false;
    try {
      this.#write(taken);
    } catch (error) {
      for (const [id, changes] of taken) this.#options.sources.get(id)?.giveBack(changes);
      this.#options.logger.warn('The history of the metrics could not be written', {}, error);
      this.changed();
      return false;
    }
    for (const [id, source] of this.#options.sources) if (source.isOver) this.#options.sources.delete(id);
    return [...this.#options.sources.values()].some(({ isEmpty }) => !isEmpty);
  }

  /** As much as may be written in one turn. */
  #take(): Map<DataSourceId, HistoryChanges> {
    const taken = new Map<DataSourceId, HistoryChanges>();
    let room = intervalsPerWrite;
    for (const [id, source] of this.#options.sources) {
      if (room === 0) break;
      if (source.isEmpty) continue;
      const changes = source.take(room);
      room -= changes.intervals.size;
      taken.set(id, changes);
    }
    return taken;
  }

  #write(taken: ReadonlyMap<DataSourceId, HistoryChanges>): void {
    const newest = this.#options.repository.newestStart(finest.stepMs) ?? Number.POSITIVE_INFINITY;
    const intervals: KeptInterval[] = [];
    const events: KeptEvents[] = [];
    for (const [id, changes] of taken) {
      intervals.push(...this.#intervalsOf(id, changes, newest));
      const { states, decisions } = changes;
      if (states.length + decisions.length > 0) events.push({ id, states, decisions });
    }
    this.#options.repository.write({ intervals, events, spans: spansAt(this.#options.clock.wallMs()) });
  }

  /**
   * In every length that is kept, added to what was written before.
   * @param newest no interval that begins later was written before
   */
  #intervalsOf(id: DataSourceId, changes: HistoryChanges, newest: number): KeptInterval[] {
    return keptResolutions.flatMap(({ stepMs }) =>
      [...inSteps(changes.intervals, stepMs)].map(([startAt, figures]) => {
        const bytes = startAt > newest ? null : this.#options.repository.find(id, stepMs, startAt);
        const known = bytes === null ? null : fromBytes(bytes);
        const all = known === null ? figures : joined(known, figures);
        return { id, stepMs, startAt, figures: toBytes(all) };
      }),
    );
  }
}

const spansAt = (nowMs: number): KeptSpan[] =>
  keptResolutions.map(({ stepMs, keptMs }) => ({
    stepMs,
    from: nowMs - keptMs - stepMs,
    to: nowMs + aheadMs,
  }));
