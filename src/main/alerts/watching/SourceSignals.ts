import { type SourceAlertKind, sourceAlertKinds } from '../../../shared/model/alertChoices.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { ServerUse } from '../../activity/ActivityService.ts';
import type { IntervalFigures } from '../../observability/MeasuredInterval.ts';
import type { Signal, Signals } from './Signals.ts';
import { StatementWindow } from './StatementWindow.ts';

/** What a server said of itself holds for this long: three looks. */
const serverUseLastsMs = 180_000;

const unknownSignal: Signal = { type: 'unknown' };

/** What is known of a data source in use, of all that can be watched. */
export class SourceSignals implements Signals<SourceAlertKind> {
  readonly kinds = sourceAlertKinds;
  readonly growsByItself = false;
  readonly #statements = new StatementWindow();
  /** The newest second; null before the first one. */
  #second: IntervalFigures | null = null;
  #server: { readonly atMs: number; readonly use: ServerUse } | null = null;
  #isOpen = false;
  /** It has been connected since it is in use. */
  #wasOpen = false;
  /** Why no connection works; null while one does, and while it connects for the first time. */
  #trouble: string | null = null;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @param state of one that is in use */
  state(state: SourceState): void {
    this.#isOpen = state.status === 'ready' || state.status === 'degraded';
    if (this.#isOpen) {
      this.#wasOpen = true;
      this.#trouble = null;
    } else if (isTriedAgain(state)) this.#trouble = state.reason.title;
    // A first connect that fails is for the person to see who asked for it.
    else if (state.status === 'failed' && (this.#wasOpen || this.#trouble !== null)) {
      this.#trouble = state.reason.title;
    }
  }

  /** A second has ended. */
  measured(nowMs: number, second: IntervalFigures): void {
    this.#second = second;
    this.#statements.add(nowMs, second);
  }

  server(nowMs: number, use: ServerUse): void {
    this.#server = { atMs: nowMs, use };
  }

  read(kind: SourceAlertKind, nowMs: number): Signal {
    switch (kind) {
      case 'down':
        return { type: 'fact', holds: this.#trouble !== null, value: null, detail: this.#trouble };
      case 'pool-exhausted': {
        const waiting = this.#second?.most.waiting ?? 0;
        const isFull = this.#second?.connectionMs.idle === 0;
        return { type: 'fact', holds: this.#isOpen && waiting > 0 && isFull, value: waiting, detail: null };
      }
      case 'error-rate':
        return { type: 'value', value: this.#statements.errorShare(nowMs) };
      case 'latency-p95':
        return { type: 'value', value: this.#statements.p95Ms(nowMs) };
      case 'server-connections':
        return this.#ofServer(nowMs, ({ connectionCount, maxConnections }) =>
          connectionCount === null || maxConnections === null ? 0 : connectionCount / maxConnections,
        );
      case 'replication-lag':
        return this.#ofServer(nowMs, ({ replicationLagMs }) => replicationLagMs ?? 0);
    }
  }

  #ofServer(nowMs: number, value: (use: ServerUse) => number): Signal {
    const last = this.#server;
    if (!this.#isOpen || last === null || nowMs - last.atMs > serverUseLastsMs) return unknownSignal;
    return { type: 'value', value: value(last.use) };
  }
}

const isTriedAgain = (state: SourceState) =>
  state.status === 'reconnecting' || state.status === 'open-circuit';
