import type { AlertKind } from '../../../shared/model/alertChoices.ts';
import type { AlertRule } from '../../../shared/model/alerts.ts';
import { type AlertPhase, conditionOf, nextPhase, okPhase } from './alertPhase.ts';
import type { Signal, Signals } from './Signals.ts';

/** Time that passes between two looks counts up to this: after a longer break the machine slept, or was stopped. */
const maxPassedMs = 5_000;

/** What a look has found about an alert: it began, goes on or is over. */
export interface Looked {
  readonly kind: AlertKind;
  /** Null: there is none any more. */
  readonly rule: AlertRule | null;
  /** The figure that it is about, where there is one. */
  readonly value: number | null;
  /** Why, in words. */
  readonly detail: string | null;
  readonly is: 'new' | 'same' | 'over';
}

/** A data source in use or a pipeline, and where each rule stands with it. */
export class WatchedSubject<Kind extends AlertKind, Known extends Signals<Kind>> {
  readonly signals: Known;
  readonly #phases = new Map<AlertKind, AlertPhase>();
  #lookedAtMs: number;

  constructor(signals: Known, nowMs: number) {
    this.signals = signals;
    this.#lookedAtMs = nowMs;
  }

  /** Whether time alone may begin or end an alert. */
  get isBusy(): boolean {
    return this.#phases.size > 0 || this.signals.growsByItself;
  }

  /** The machine woke up: what was pending begins anew. */
  restart(nowMs: number): void {
    this.#lookedAtMs = nowMs;
    for (const [kind, phase] of this.#phases) {
      if (phase.is === 'pending') this.#phases.set(kind, { is: 'pending', heldMs: 0 });
    }
  }

  /** Looks at all that can be watched. @param ruleFor null for a kind that is not watched */
  look(nowMs: number, ruleFor: (kind: AlertKind) => AlertRule | null): Looked[] {
    const passedMs = Math.min(nowMs - this.#lookedAtMs, maxPassedMs);
    this.#lookedAtMs = nowMs;
    return this.signals.kinds.flatMap((kind) => this.#lookAt(kind, ruleFor(kind), nowMs, passedMs) ?? []);
  }

  /** Null: no alert of this kind. */
  #lookAt(kind: Kind, rule: AlertRule | null, nowMs: number, passedMs: number): Looked | null {
    const before = this.#phases.get(kind) ?? okPhase;
    const signal = rule === null ? null : this.signals.read(kind, nowMs);
    const after =
      rule === null || signal === null
        ? okPhase
        : nextPhase(before, conditionOf(signal, rule), passedMs, rule.forSeconds * 1_000);
    if (after.is === 'ok') this.#phases.delete(kind);
    else this.#phases.set(kind, after);
    if (before.is !== 'firing' && after.is !== 'firing') return null;
    const found = { kind, rule, ...factsOf(signal) };
    if (before.is !== 'firing') return { ...found, is: 'new' };
    return { ...found, is: after.is === 'firing' ? 'same' : 'over' };
  }
}

function factsOf(signal: Signal | null): Pick<Looked, 'value' | 'detail'> {
  if (signal === null || signal.type === 'unknown') return { value: null, detail: null };
  return { value: signal.value, detail: signal.type === 'fact' ? signal.detail : null };
}
