import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../../../shared/model/alertChoices.ts';
import { defaultAlertRules } from '../../../../shared/model/alertRules.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { emptyText, figureText, type RuleFigure, unitOf, withFigure } from './ruleFields.ts';

function ruleOf(kind: AlertKind, fields: Partial<AlertRule> = {}): AlertRule {
  const rule = defaultAlertRules.find((one) => one.kind === kind);
  if (rule === undefined) throw new Error(`No rule ${kind}`);
  return { ...rule, ...fields };
}

const typed = (rule: AlertRule, figure: RuleFigure, text: string) => {
  const unit = unitOf(rule.kind, figure);
  return unit === null ? null : withFigure(rule, figure, text, unit);
};
const stands = (rule: AlertRule, figure: RuleFigure) => {
  const unit = unitOf(rule.kind, figure);
  return unit === null ? null : [figureText(rule, figure, unit), emptyText(rule, figure, unit)];
};

describe('the figures of a rule in their fields', () => {
  it('stand in the units of people, and what is left empty as it holds', () => {
    expect(stands(ruleOf('server-connections'), 'threshold')).toEqual(['90', '']);
    expect(stands(ruleOf('server-connections'), 'clearThreshold')).toEqual(['', '81']);
    expect(stands(ruleOf('replication-lag'), 'threshold')).toEqual(['60', '']);
    expect(stands(ruleOf('down'), 'threshold')).toBeNull();
    expect(stands(ruleOf('down'), 'forSeconds')).toEqual(['60', '']);
    expect(stands(ruleOf('pipeline-late'), 'threshold')).toEqual(['15', '']);
    expect(stands(ruleOf('pipeline-late'), 'clearThreshold')).toBeNull();
  });

  it('are read as they were typed', () => {
    expect(typed(ruleOf('error-rate'), 'threshold', ' 7 ')?.threshold).toBe(0.07);
    expect(typed(ruleOf('replication-lag'), 'threshold', '1,5')?.threshold).toBe(1_500);
    expect(typed(ruleOf('latency-p95'), 'clearThreshold', '')?.clearThreshold).toBeNull();
    expect(typed(ruleOf('down'), 'forSeconds', '0')?.forSeconds).toBe(0);
    expect(typed(ruleOf('pipeline-late'), 'threshold', '7')?.threshold).toBe(420_000);
  });

  it.each<[AlertKind, RuleFigure, string]>([
    ['error-rate', 'threshold', '101'],
    ['error-rate', 'threshold', ''],
    ['error-rate', 'threshold', '-5'],
    ['error-rate', 'clearThreshold', '26'],
    ['down', 'forSeconds', '1.5'],
    ['down', 'forSeconds', '86401'],
    ['down', 'forSeconds', 'soon'],
    ['pipeline-late', 'threshold', '0.5'],
  ])('are refused: %s, %s “%s”', (kind, figure, text) => {
    expect(typed(ruleOf(kind), figure, text)).toBeNull();
  });

  it('drop a value at which the alert would be over before it begins', () => {
    const rule = ruleOf('error-rate', { clearThreshold: 0.2 });
    expect(typed(rule, 'threshold', '30')?.clearThreshold).toBe(0.2);
    expect(typed(rule, 'threshold', '10')?.clearThreshold).toBeNull();
  });
});
