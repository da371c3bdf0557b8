import type { Disposable } from '../base/Emitter.ts';
import type { Connection } from '../connectors/Connector.ts';

/** `checking` is idle to the outside, but may not be lent while its ping is out. */
type EntryState = 'idle' | 'checking' | 'leased';

/** One connection of a pool with what the pool knows about it. Times are monotonic milliseconds. */
export class PoolEntry {
  readonly connection: Connection;
  /** From here on it is closed instead of lent again. */
  readonly retiresAtMs: number;
  state: EntryState = 'leased';
  /** When it last came back from a borrower. A health check does not touch this, so that the pool can shrink. */
  idleSinceMs: number;
  /** When the server was last known to answer on it. */
  provenAtMs: number;
  #watching: Disposable | null = null;

  constructor(connection: Connection, nowMs: number, retiresAtMs: number) {
    this.connection = connection;
    this.retiresAtMs = retiresAtMs;
    this.idleSinceMs = nowMs;
    this.provenAtMs = nowMs;
  }

  /** Calls `onLost` when the session ends by itself. */
  watch(onLost: () => void): void {
    this.#watching = this.connection.onClosed(onLost);
  }

  /** From here on the end of the session is nobody's business any more. */
  unwatch(): void {
    this.#watching?.dispose();
    this.#watching = null;
  }
}
