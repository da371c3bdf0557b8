import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { QueueStore } from '../../../src/main/sync/queue/QueueStore.ts';
import { type WorkerKey, writeWorkerKey } from '../../../src/main/sync/queue/WorkerKey.ts';
import {
  type FromWorker,
  fromWorkerSchema,
  type StartWorker,
} from '../../../src/main/sync/worker/workerMessages.ts';

/** A worker in a process of its own, as it runs on any computer of a team. */
export interface FleetWorker {
  readonly name: string;
  readonly pid: number;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  readonly exited: Promise<unknown>;
}

/** Starts a worker; it takes runs as soon as it has reached the queue. */
export type StartFleetWorker = (name: string) => FleetWorker;

export type WorkerLine = Extract<FromWorker, { type: 'log' }>;

export interface NodeWorkers {
  /** As `buildWorkerProgram` makes it, of an entry that is served by messages. */
  readonly entry: string;
  readonly store: QueueStore;
  readonly key: WorkerKey;
  readonly concurrency: number;
  /** Arguments of the entry. */
  readonly args?: readonly string[];
  readonly onLine?: (line: WorkerLine, name: string) => void;
  /** One takes runs from now on. */
  readonly onReady?: () => void;
}

/** Workers in processes of plain Node, which are told all by messages as in the app. */
export function nodeWorkers({
  entry,
  store,
  key,
  concurrency,
  args = [],
  onLine,
  onReady,
}: NodeWorkers): StartFleetWorker {
  return (name) => {
    const child = fork(entry, args, { execArgv: [] });
    const start: StartWorker = { type: 'start', store, key: writeWorkerKey(key), name, concurrency };
    child.send(start, () => undefined);
    child.on('message', (message) => {
      const { data } = fromWorkerSchema.safeParse(message);
      if (data?.type === 'log') onLine?.(data, name);
      if (data?.type === 'ready') onReady?.();
      // There is no window to share connections with.
      if (data?.type === 'lease') child.send({ type: 'lease', id: data.id, is: 'granted' });
    });
    return {
      ...{ name, pid: child.pid ?? 0, exited: once(child, 'exit') },
      signal: (signal) => void child.kill(signal),
    };
  };
}

/** So many workers, of which any may be killed: another one comes in its place. */
export class WorkerFleet {
  readonly #start: StartFleetWorker;
  readonly #workers: FleetWorker[] = [];
  #startedCount = 0;

  constructor(start: StartFleetWorker, count: number) {
    this.#start = start;
    while (this.#workers.length < count) this.#add();
  }

  /** @param choice from 0 to below 1: which one */
  killOne(choice: number): void {
    const [worker] = this.#workers.splice(Math.floor(choice * this.#workers.length), 1);
    worker?.signal('SIGKILL');
    this.#add();
  }

  async dispose(): Promise<void> {
    const workers = this.#workers.splice(0);
    for (const worker of workers) worker.signal('SIGKILL');
    await Promise.all(workers.map(({ exited }) => exited));
  }

  #add(): void {
    this.#startedCount += 1;
    this.#workers.push(this.#start(`worker-${this.#startedCount}`));
  }
}
