import type { DataSource } from '../../shared/model/dataSource.ts';
import { isAppError } from '../base/AppError.ts';
import { abortReason, onAbort, unboundedController } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';
import type { ConnectTargets } from './ConnectTargets.ts';
import type { AttemptPermit, CircuitBreaker } from './resilience/CircuitBreaker.ts';
import type { ConnectGate } from './resilience/ConnectGate.ts';
import type { ConnectLimit } from './resilience/ConnectLimit.ts';
import type { ReconnectPace } from './resilience/ReconnectPace.ts';
import { circuitOpenError, networkChangedError } from './sourceErrors.ts';

/** While the network has just changed a connect gets so long, so that one into the void gives way to the next. */
const hastyConnectMs = 1_500;
/** A server that is slower than that gets this many times what it needed last. */
const hastyPatience = 3;

/** Opens one session within its target's deadline. */
export type ConnectSession = (target: ConnectTarget, signal: AbortSignal) => Promise<Connection>;

/** In what a session differs from the others of its data source. */
export interface TargetChange {
  readonly applicationName?: string;
  readonly timeouts?: Partial<ConnectTarget['timeouts']>;
}

export interface ConnectionOpenerOptions {
  readonly dataSource: DataSource;
  /** Where to connect; may start a server or ask for a key first, so it takes as long as it takes. */
  readonly targets: Pick<ConnectTargets, 'forDataSource'>;
  /** Opens a session within the deadline that its target names. */
  readonly connect: ConnectSession;
  readonly limit: ConnectLimit;
  readonly gate: ConnectGate;
  readonly breaker: CircuitBreaker;
  readonly pace: ReconnectPace;
  readonly clock: Clock;
}

/**
 * Opens the connections of one data source, for whoever needs one: asks gate and breaker, waits its turn among all data
 * sources, and tells both how it went.
 */
export class ConnectionOpener {
  /** A connect succeeded, for whomever. */
  readonly onOpened = new Emitter<void>();
  readonly #options: ConnectionOpenerOptions;
  #dataSource: DataSource;
  #abandoning = unboundedController();
  #lastFailure: unknown = null;
  /** What the last connect that succeeded took; null before the first. */
  #lastConnectMs: number | null = null;

  constructor(options: ConnectionOpenerOptions) {
    this.#options = options;
    this.#dataSource = options.dataSource;
  }

  /** Connects that begin from now on are for the data source as it is now. */
  edited(dataSource: DataSource): void {
    this.#dataSource = dataSource;
  }

  /**
   * Whether waiting can heal it. A name that is unknown is a typing error, but for a host that was reached before:
   * there a VPN or the network is missing.
   */
  canHeal(error: unknown): boolean {
    if (!isAppError(error)) return false;
    return error.retryable || (error.code === 'HOST_NOT_FOUND' && this.#lastConnectMs !== null);
  }

  /**
   * @param change for a session that is not one like the others
   * @throws CIRCUIT_OPEN, why the gate is closed, the signal's reason, or why it could not connect
   */
  async open(signal: AbortSignal, change: TargetChange = {}): Promise<Connection> {
    const connection = await this.#openAdmitted(signal, change);
    this.onOpened.emit();
    return connection;
  }

  async #openAdmitted(signal: AbortSignal, change: TargetChange): Promise<Connection> {
    const { gate, breaker } = this.#options;
    gate.requireOpen();
    const permit = breaker.admit();
    if (permit === null) throw circuitOpenError(this.#lastFailure, breaker.remainingMs() ?? 0);
    try {
      return await untilGivenUp([signal, gate.signal], (limited) => this.#open(permit, change, limited));
    } finally {
      // Whatever has not settled it says nothing about the server.
      permit.abandoned();
    }
  }

  /** Connects under way are given up: their packets may go nowhere since the network changed. */
  abandon(): void {
    this.#abandoning.abort(networkChangedError());
    this.#abandoning = unboundedController();
  }

  async #open(permit: AttemptPermit, change: TargetChange, signal: AbortSignal): Promise<Connection> {
    const { targets, limit, gate } = this.#options;
    const saved = await this.#attempt(signal, () => targets.forDataSource(this.#dataSource, signal));
    const where = { ...saved, ...change, timeouts: { ...saved.timeouts, ...change.timeouts } };
    return limit.run(signal, () =>
      this.#attempt(signal, () => {
        // Another log-in may have been refused while this one waited.
        gate.requireOpen();
        return untilGivenUp([signal, this.#abandoning.signal], (limited) =>
          this.#connect(where, permit, limited),
        );
      }),
    );
  }

  /** Runs a part of a connect. Its failure has closed the gate before the next connect gets its turn. */
  async #attempt<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      // Given up because the pool closes or the gate did: nothing to learn from it.
      if (signal.aborted) throw abortReason(signal);
      this.#lastFailure = error;
      if (!this.canHeal(error)) this.#options.gate.close(error);
      throw error;
    }
  }

  async #connect(where: ConnectTarget, permit: AttemptPermit, signal: AbortSignal): Promise<Connection> {
    const { connect, clock } = this.#options;
    const startedMs = clock.monotonicMs();
    try {
      const connection = await connect(this.#hastened(where), signal);
      this.#lastConnectMs = clock.monotonicMs() - startedMs;
      permit.succeeded();
      return connection;
    } catch (error) {
      if (!signal.aborted && this.canHeal(error)) permit.failed();
      throw error;
    }
  }

  #hastened(target: ConnectTarget): ConnectTarget {
    if (!this.#options.pace.isHasty || this.#lastConnectMs === null) return target;
    const { timeouts } = target;
    const enoughMs = Math.max(hastyConnectMs, Math.ceil(hastyPatience * this.#lastConnectMs));
    const connectMs = Math.min(timeouts.connectMs, enoughMs);
    return { ...target, timeouts: { ...timeouts, connectMs } };
  }
}

/** Runs `work` with a signal that aborts when the first of these does, with its reason. */
async function untilGivenUp<Value>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const listening = signals.map((signal) => onAbort(signal, () => controller.abort(abortReason(signal))));
  try {
    return await work(controller.signal);
  } finally {
    for (const listener of listening) listener.dispose();
  }
}
