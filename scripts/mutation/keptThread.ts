/**
 * Lets the vitest runner of Stryker use one thread for many mutants. Vitest starts a thread for each run and loads all
 * modules into it again, which takes longer than most tests.
 */

import { Worker } from 'node:worker_threads';
import type { PoolOptions, PoolWorker, Vite, WorkerRequest } from 'vitest/node';

/** After so many runs a new thread is taken: tests may leave something behind, and vitest keeps a little of each run. */
const maxRunCount = 100;
const entry = new URL('./keptThreadEntry.mjs', import.meta.url);

type Listener = (value: unknown) => void;

let kept: { readonly thread: Worker; readonly runCount: number } | null = null;

/** Vitest's end of the thread for one run. */
class KeptThread implements PoolWorker {
  readonly name = 'kept-thread';
  readonly #options: PoolOptions;
  readonly #listeners: [string, Listener][] = [];
  #thread: Worker | null = null;
  #runCount = 0;
  #isIdle = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { env, execArgv } = this.#options;
    this.#thread = kept?.thread ?? new Worker(entry, { env, execArgv });
    this.#thread.ref();
    this.#runCount = (kept?.runCount ?? 0) + 1;
    kept = null;
  }

  on(event: string, callback: Listener): void {
    this.#listeners.push([event, callback]);
    this.#thread?.on(event, callback);
  }

  off(event: string, callback: Listener): void {
    this.#thread?.off(event, callback);
  }

  send(message: WorkerRequest): void {
    // Vitest sends it only when no test runs, and then waits for the answer before it calls `stop`.
    if (message.type === 'stop') this.#isIdle = true;
    this.#thread?.postMessage(message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  async stop(): Promise<void> {
    const thread = this.#thread;
    if (thread === null) return;
    for (const [event, callback] of this.#listeners) thread.off(event, callback);
    this.#thread = null;
    if (this.#isIdle && kept === null && this.#runCount < maxRunCount) {
      kept = { thread, runCount: this.#runCount };
      // Does not keep the process alive.
      thread.unref();
    } else await thread.terminate();
  }
}

/** Vite plug-in that replaces the pool, which the vitest runner sets to `threads` whatever the configuration says. */
export function keptThread(): Vite.Plugin {
  return {
    name: 'kept-thread',
    configureVitest({ project }) {
      project.config.pool = 'kept-thread';
      project.config.poolRunner = {
        name: 'kept-thread',
        createPoolWorker: (options) => new KeptThread(options),
      };
    },
  };
}
