import { abortReason, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';

/** A pool that has what is not reserved. */
export interface SharingPool {
  /** Connections that the server has of it: open, opening and leaving ones. */
  readonly usedCount: number;
  /** Connections on loan. */
  readonly lentCount: number;
  /** When the caller who waits longest in it asked, in monotonic milliseconds; null when none waits. */
  readonly waitingSinceMs: number | null;
  /** It may have less: it closes what is idle and too much, and asks for what borrowers can spare. */
  shrink(): void;
  /** It may have more. */
  grow(): void;
}

export interface ReservationRequest {
  /** Granted together: nobody holds a part of it while it waits for the rest. */
  readonly count: number;
  /** Withdraws the request when it aborts. */
  readonly signal: AbortSignal;
  /** Called when the connections are not free at once. */
  readonly onWait: () => void;
}

interface Claim {
  readonly count: number;
  readonly sinceMs: number;
  readonly grant: () => void;
  /** Its turn has come: the pools have that much less, and it is granted when they have closed it. */
  isActive: boolean;
}

/**
 * Connections of one data source that are opened elsewhere, by another process, within the same maximum as those of its
 * pool. They outlive the pool: a data source that is not connected has its maximum all the same.
 *
 * Requests are granted first come first served, also among the callers that wait in the pool. One connection is left for
 * the pool. A request that leaves none, because the maximum is too small, has to wait until nothing is lent.
 */
export class Reservations {
  readonly #clock: Clock;
  readonly #pools = new Set<SharingPool>();
  readonly #claims: Claim[] = [];
  #max: number;
  #grantedCount = 0;

  constructor(max: number, clock: Clock) {
    this.#max = max;
    this.#clock = clock;
  }

  /** How many are reserved. */
  get grantedCount(): number {
    return this.#grantedCount;
  }

  /** How many the pools have to leave: those that are reserved, and those that will be as soon as they are closed. */
  get leftCount(): number {
    const [first] = this.#claims;
    return this.#grantedCount + (first?.isActive === true ? first.count : 0);
  }

  /** Another maximum. What is reserved stays reserved. */
  configure(max: number): void {
    this.#max = max;
    this.advance();
  }

  attach(pool: SharingPool): void {
    this.#pools.add(pool);
  }

  /** The pool has closed its connections. */
  detach(pool: SharingPool): void {
    this.#pools.delete(pool);
    this.advance();
  }

  /**
   * Reserves connections, until the result is disposed of.
   * @throws the signal's reason when it aborts before
   */
  reserve({ count, signal, onWait }: ReservationRequest): Promise<Disposable> {
    if (signal.aborted) return Promise.reject(abortReason(signal));
    return new Promise((resolve, reject) => {
      const grant = () => {
        listening.dispose();
        resolve({ dispose: this.#release(count) });
      };
      const claim: Claim = { count, sinceMs: this.#clock.monotonicMs(), grant, isActive: false };
      const listening = onAbort(signal, () => {
        this.#withdraw(claim);
        reject(abortReason(signal));
      });
      this.#claims.push(claim);
      this.advance();
      if (this.#claims.includes(claim)) onWait();
    });
  }

  /** Grants what can be granted. For pools, which have one connection less or another caller first in their line. */
  advance(): void {
    for (let claim = this.#claims[0]; claim !== undefined; claim = this.#claims[0]) {
      if (!claim.isActive) {
        if (!this.#isDue(claim)) return;
        claim.isActive = true;
        for (const pool of this.#pools) pool.shrink();
        // What a borrower gave back meanwhile has come through here.
        if (this.#claims[0] !== claim) continue;
      }
      if (!this.#fits(claim)) return;
      this.#claims.shift();
      this.#grantedCount += claim.count;
      claim.grant();
    }
  }

  /** Whether its turn has come. */
  #isDue({ count, sinceMs }: Claim): boolean {
    const pools = [...this.#pools];
    const isFirst = pools.every(({ waitingSinceMs }) => waitingSinceMs === null || waitingSinceMs > sinceMs);
    const leavesOne = this.#grantedCount + count < this.#max;
    const isAlone = this.#grantedCount === 0 && pools.every(({ lentCount }) => lentCount === 0);
    return isFirst && (leavesOne || isAlone);
  }

  /** Whether the server has room for it. */
  #fits({ count }: Claim): boolean {
    const used = [...this.#pools].reduce((sum, { usedCount }) => sum + usedCount, this.#grantedCount);
    return used + count <= Math.max(this.#max, count);
  }

  #withdraw(claim: Claim): void {
    this.#claims.splice(this.#claims.indexOf(claim), 1);
    this.#grown();
  }

  /** @returns a function that gives so many back, once */
  #release(count: number): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#grantedCount -= count;
      this.#grown();
    };
  }

  #grown(): void {
    this.advance();
    for (const pool of this.#pools) pool.grow();
  }
}
