import { clearThresholdOf } from '../../../shared/model/alertRules.ts';
import type { AlertRule } from '../../../shared/model/alerts.ts';
import type { Signal } from './Signals.ts';

/** Longest that an alert must be clear before it is over: what comes and goes is one alert. */
const maxSettleMs = 15_000;

/**
 * What a signal means for a rule.
 * - `between`: below the threshold, and above the value at which an alert is over: it begins nothing and ends nothing.
 * - `unknown`: nothing is known right now; what was, is taken to go on, and no time passes.
 */
export type AlertCondition = 'breached' | 'between' | 'clear' | 'unknown';

export function conditionOf(signal: Signal, rule: AlertRule): AlertCondition {
  if (signal.type === 'unknown') return 'unknown';
  if (signal.type === 'fact') return signal.holds ? 'breached' : 'clear';
  if (rule.threshold === null) return 'unknown';
  if (signal.value >= rule.threshold) return 'breached';
  return signal.value <= (clearThresholdOf(rule) ?? 0) ? 'clear' : 'between';
}

/** Where one rule stands with one data source or pipeline. */
export type AlertPhase =
  | { readonly is: 'ok' }
  /** It is so, and has been for so long. */
  | { readonly is: 'pending'; readonly heldMs: number }
  /** Null: it is not clear. */
  | { readonly is: 'firing'; readonly clearMs: number | null };

export const okPhase: AlertPhase = { is: 'ok' };

/**
 * The phase after another look. An alert begins when it was so for `forMs` without a break, and is over when it was clear
 * for as long, but for 15 s at most.
 * @param passedMs since the last look
 */
export function nextPhase(
  phase: AlertPhase,
  condition: AlertCondition,
  passedMs: number,
  forMs: number,
): AlertPhase {
  if (condition === 'unknown') return phase;
  if (phase.is === 'firing') {
    if (condition !== 'clear') return { is: 'firing', clearMs: null };
    const clearMs = phase.clearMs === null ? 0 : phase.clearMs + passedMs;
    return clearMs >= Math.min(forMs, maxSettleMs) ? okPhase : { is: 'firing', clearMs };
  }
  if (condition !== 'breached') return okPhase;
  const heldMs = phase.is === 'pending' ? phase.heldMs + passedMs : 0;
  return heldMs >= forMs ? { is: 'firing', clearMs: null } : { is: 'pending', heldMs };
}
