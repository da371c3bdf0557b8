import type { AlertKind } from '../../../../shared/model/alertChoices.ts';
import { clearThresholdOf } from '../../../../shared/model/alertRules.ts';
import { type AlertRule, alertRuleSchema } from '../../../../shared/model/alerts.ts';
import { alertRulesText } from '../../../text/alerts.ts';

export type RuleFigure = 'threshold' | 'clearThreshold' | 'forSeconds';

interface Unit {
  readonly label: string;
  /** What is shown for one of the model. */
  readonly factor: number;
}

const { units } = alertRulesText;
const share: Unit = { label: units.share, factor: 100 };
const seconds: Unit = { label: units.seconds, factor: 1 };
/** Milliseconds, which are typed in seconds. */
const milliseconds: Unit = { label: units.seconds, factor: 0.001 };
/** Milliseconds, which are typed in minutes. */
const minutes: Unit = { label: units.minutes, factor: 1 / 60_000 };

/** How a threshold of a kind is typed; null: it has none. */
const thresholdUnits: Record<AlertKind, Unit | null> = {
  down: null,
  'error-rate': share,
  'latency-p95': milliseconds,
  'pool-exhausted': null,
  'server-connections': share,
  'replication-lag': milliseconds,
  'pipeline-failed': null,
  'pipeline-late': minutes,
};

export function unitOf(kind: AlertKind, figure: RuleFigure): Unit | null {
  if (figure === 'forSeconds') return seconds;
  // Lateness grows until a run begins, and is none then: nothing lies between.
  return figure === 'clearThreshold' && kind === 'pipeline-late' ? null : thresholdUnits[kind];
}

const shown = (value: number | null, { factor }: Unit): string =>
  value === null ? '' : String(Number((value * factor).toFixed(3)));

/** A figure of a rule as it stands in its field. */
export const figureText = (rule: AlertRule, figure: RuleFigure, unit: Unit): string =>
  shown(rule[figure], unit);

/** What holds while the field is empty; nothing where it must not be. */
export const emptyText = (rule: AlertRule, figure: RuleFigure, unit: Unit): string =>
  figure === 'clearThreshold' ? shown(clearThresholdOf({ ...rule, clearThreshold: null }), unit) : '';

/** The rule with what was typed; null while that is no figure for it. */
export function withFigure(rule: AlertRule, figure: RuleFigure, text: string, unit: Unit): AlertRule | null {
  const typed = text.trim();
  if (typed === '' && figure === 'clearThreshold') return { ...rule, clearThreshold: null };
  if (!/^\d{1,9}([.,]\d{1,3})?$/.test(typed)) return null;
  const value = Number((Number(typed.replace(',', '.')) / unit.factor).toFixed(6));
  const changed = { ...rule, [figure]: value };
  // What was chosen for another threshold would end the alert before it begins.
  const isBelow = figure === 'threshold' && rule.clearThreshold !== null && rule.clearThreshold > value;
  const parsed = alertRuleSchema.safeParse(isBelow ? { ...changed, clearThreshold: null } : changed);
  return parsed.success ? parsed.data : null;
}
