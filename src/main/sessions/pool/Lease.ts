import { AppError } from '../../base/AppError.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import type { PoolEntry } from './PoolEntry.ts';

/** Takes a connection back; one function for all leases of a pool, because a closure for each would cost as much as lending. */
export type GiveBack = (entry: PoolEntry, lease: Lease) => void;

/** A connection on loan. Give it back exactly once. */
export class Lease {
  /** Counts the loans of one pool. */
  readonly id: number;
  readonly connection: SqlConnection;
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
   * When the pool has taken it back by force (a leak, a shutdown) or it was lost, this has no effect: it stands in the
   * borrower's `finally`, where an error would hide the one that tells what happened.
   * @throws LEASE_ALREADY_RELEASED the second time: a borrower that does this is about to share a session.
   */
  release(): void {
    if (this.#isOver) {
      throw new AppError('LEASE_ALREADY_RELEASED', { title: 'This connection has already been released' });
    }
    this.#isOver = true;
    this.#giveBack(this.#entry, this);
  }
}
