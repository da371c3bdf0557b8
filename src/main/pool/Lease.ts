import { AppError } from '../base/AppError.ts';
import type { Connection } from '../connectors/Connector.ts';

/** A connection on loan. Give it back exactly once. */
export class Lease {
  /** Counts the loans of one pool. */
  readonly id: number;
  readonly connection: Connection;
  #giveBack: (() => void) | null;

  /** @param giveBack called once, when the borrower is done */
  constructor(id: number, connection: Connection, giveBack: () => void) {
    this.id = id;
    this.connection = connection;
    this.#giveBack = giveBack;
  }

  /**
   * Gives the connection back. One that is broken or still in a transaction is closed instead of lent again.
   * @throws LEASE_ALREADY_RELEASED the second time: a borrower that does this is about to share a session.
   */
  release(): void {
    if (this.#giveBack === null) {
      throw new AppError('LEASE_ALREADY_RELEASED', { title: 'This connection was given back already' });
    }
    const giveBack = this.#giveBack;
    this.#giveBack = null;
    giveBack();
  }
}
