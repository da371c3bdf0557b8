import { AppError } from '../../base/AppError.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { Connection } from '../../connectors/Connection.ts';

/** A connection idle for longer is pinged before it is lent (pgx: 1 s, HikariCP: 500 ms). */
const validationBypassMs = 1_000;

/** Connections retire after 30 minutes at most, so that servers and middleboxes may forget old ones. */
const maxLifetimeMs = 30 * 60_000;

/** A lifetime is shortened by up to this part, so that connections opened together do not retire together (HikariCP: 2.5 %). */
const lifetimeJitter = 0.025;

/** Takes a connection back; one function for all leases of a pool, because a closure for each would cost as much as lending. */
export type GiveBack = (entry: PoolEntry, lease: Lease) => void;

/** Why a pool asks for a pinned connection: callers wait and it cannot grow, or it closes. */
export type RecallReason = 'wanted' | 'closing';

/** A connection on loan. Give it back exactly once. */
export class Lease {
  /** Counts the loans of one pool. */
  readonly id: number;
  readonly connection: Connection;
  readonly #entry: PoolEntry;
  readonly #giveBack: GiveBack;
  #isOver = false;

  constructor(id: number, entry: PoolEntry, giveBack: GiveBack) {
    this.id = id;
    this.connection = entry.connection;
    this.#entry = entry;
    this.#giveBack = giveBack;
  }

  /**
   * Gives the connection back. One that is broken, still busy or still in a transaction is closed instead of lent again.
   * No effect when the pool has taken it back by force (a leak, a shutdown) or it was lost: this call stands in the
   * borrower's `finally`, where an error would hide the one that matters.
   * @throws LEASE_ALREADY_RELEASED the second time: a borrower that does this is about to share a session.
   */
  release(): void {
    if (this.#isOver) {
      throw new AppError('LEASE_ALREADY_RELEASED', { title: 'This connection has already been released' });
    }
    this.#isOver = true;
    this.#giveBack(this.#entry, this);
  }

  /** As `release`, for a session with state that nobody else may get: it is closed. */
  discard(): void {
    if (this.#isOut) this.#entry.isSpent = true;
    this.release();
  }

  /**
   * A person keeps the session for themselves: it is no leak, however long it is out.
   * @param onRecall called when the pool wants it back, maybe several times; whoever can spare it releases it
   */
  pin(onRecall: (reason: RecallReason) => void): void {
    if (this.#isOut) this.#entry.onRecall = onRecall;
  }

  /** Not given back, not lost, and not taken back by force. */
  get #isOut(): boolean {
    return !this.#isOver && this.#entry.lease === this;
  }
}

/** The place in the code where a connection was borrowed. The engine writes its text when it is first read. */
export interface BorrowedAt {
  readonly stack?: string;
}

/** Who borrows: for the leak watch. */
export interface Borrower {
  readonly place: BorrowedAt | null;
  readonly correlationId: string | null;
}

/** One connection of a pool with what the pool knows about it. Times are monotonic milliseconds. */
export class PoolEntry {
  readonly connection: Connection;
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
  /** Whether this loan was reported as a leak. */
  isLeak = false;
  /** Set while this loan is pinned. */
  onRecall: ((reason: RecallReason) => void) | null = null;
  /** The borrower left state in the session: it is not lent again. */
  isSpent = false;
  #watching: Disposable | null = null;

  /** @param random 0 inclusive to 1 exclusive; shortens the lifetime */
  constructor(connection: Connection, nowMs: number, random: number) {
    this.connection = connection;
    this.retiresAtMs = nowMs + maxLifetimeMs * (1 - lifetimeJitter * random);
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

  /** The end of the session is not reported any more. */
  unwatch(): void {
    this.#watching?.dispose();
    this.#watching = null;
  }
}
