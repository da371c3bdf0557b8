import type { Disposable } from '../../base/Emitter.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import type { Lease } from './Lease.ts';
import type { Borrower } from './Loans.ts';
import { validationBypassMs } from './poolOptions.ts';

/** One connection of a pool with what the pool knows about it. Times are monotonic milliseconds. */
export class PoolEntry {
  readonly connection: SqlConnection;
  /** From here on it is closed instead of lent again. */
  readonly retiresAtMs: number;
  /** When it last came back from a borrower. A health check does not touch this, so that the pool can shrink. */
  idleSinceMs: number;
  /** When the server was last known to answer on it. */
  provenAtMs: number;
  /** Something happened (the machine slept) after which only an answer proves that it lives. */
  isSuspect = false;
  /** The loan it is out on; null while it is not lent, or its loan was ended by force. */
  lease: Lease | null = null;
  borrowedAtMs = 0;
  borrower: Borrower | null = null;
  /** Whether this loan was told as a leak. */
  isLeak = false;
  #watching: Disposable | null = null;

  constructor(connection: SqlConnection, nowMs: number, retiresAtMs: number) {
    this.connection = connection;
    this.retiresAtMs = retiresAtMs;
    this.idleSinceMs = nowMs;
    this.provenAtMs = nowMs;
  }

  /** Whether it may be lent without a ping. */
  isFit(nowMs: number): boolean {
    return (
      nowMs - this.provenAtMs <= validationBypassMs &&
      nowMs < this.retiresAtMs &&
      !this.isSuspect &&
      this.connection.isUsable
    );
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
