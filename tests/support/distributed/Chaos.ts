import { setTimeout as pause } from 'node:timers/promises';
import type { SharedStore } from './SharedStore.ts';
import type { WorkerFleet } from './WorkerFleet.ts';

interface ChaosOptions {
  readonly fleet: WorkerFleet;
  readonly shared: SharedStore;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** At least so long between two kills, and up to twice as long. */
  readonly killMs: number;
}

/** Kills a worker every few seconds, and lets the store of the queue hang for a moment now and then, until it is stopped. */
export class Chaos {
  killCount = 0;
  pauseCount = 0;
  readonly #options: ChaosOptions;
  readonly #ending = new AbortController();
  readonly #work: Promise<void>;

  constructor(options: ChaosOptions) {
    this.#options = options;
    this.#work = this.#rage();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#work;
  }

  async #rage(): Promise<void> {
    const { fleet, shared, random, killMs } = this.#options;
    const wait = (ms: number) => pause(ms, undefined, { signal: this.#ending.signal });
    try {
      for (;;) {
        await wait(killMs * (1 + random()));
        fleet.killOne(random());
        this.killCount += 1;
        if (random() < 0.75) continue;
        shared.pause();
        this.pauseCount += 1;
        await wait(500 + random() * 2_500);
        shared.resume();
      }
    } catch {
      // It was stopped, maybe in the middle of a pause.
      shared.resume();
    }
  }
}
