import { neverAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { demoFailed } from '../demoErrors.ts';
import { pause } from '../pause.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type ServerSignal, signalServer } from './serverProcess.ts';

const pollMs = 25;
/** How long each of the two harder ways to stop may take; both work at once unless the disk hangs. */
const hardStopMs = 500;

export interface RunningServerOptions {
  readonly pid: number;
  readonly port: number;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  /** Whether the process is still there and still this server. */
  readonly isAlive: () => Promise<boolean>;
  readonly binaries: PostgresBinaries;
  readonly clock: Clock;
}

/** A server process on the demo's cluster, started by this run of the app or left behind by one that crashed. */
export class RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly startedAtMs: number;
  readonly #options: RunningServerOptions;

  constructor(options: RunningServerOptions) {
    this.#options = options;
    this.pid = options.pid;
    this.port = options.port;
    this.startedAtMs = options.startedAtMs;
  }

  isAlive(): Promise<boolean> {
    return this.#options.isAlive();
  }

  /**
   * Ends it: sessions are closed and files left clean within `deadlineMs`, else it is made to end within 1 s more and
   * recovers at the next start.
   * @throws DEMO_FAILED when it does not even then
   */
  async stop(deadlineMs: number): Promise<void> {
    const ways: readonly [ServerSignal, number][] = [
      ['INT', deadlineMs],
      ['QUIT', hardStopMs],
      ['KILL', hardStopMs],
    ];
    for (const [signal, waitMs] of ways) {
      if (!(await this.isAlive())) return;
      await signalServer(this.#options.binaries, this.pid, signal);
      if (await this.#endsWithin(waitMs)) return;
    }
    throw demoFailed('stopped', 'The server process did not exit.');
  }

  async #endsWithin(waitMs: number): Promise<boolean> {
    const { clock } = this.#options;
    const endMs = clock.monotonicMs() + waitMs;
    while (await this.isAlive()) {
      if (clock.monotonicMs() >= endMs) return false;
      await pause(clock, pollMs, neverAborted);
    }
    return true;
  }
}
