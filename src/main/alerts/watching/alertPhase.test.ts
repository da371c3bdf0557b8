import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../../shared/model/alerts.ts';
import { type AlertCondition, type AlertPhase, conditionOf, nextPhase, okPhase } from './alertPhase.ts';

const rule: AlertRule = {
  kind: 'server-connections',
  subjectId: null,
  ...{ threshold: 0.9, clearThreshold: null, forSeconds: 60, enabled: true, notifies: true },
};
const value = (of: number) => conditionOf({ type: 'value', value: of }, rule);

/** The phase after looks that are a second apart. */
function passed(
  conditions: readonly AlertCondition[],
  forMs: number,
  from: AlertPhase = okPhase,
): AlertPhase {
  return conditions.reduce((phase, condition) => nextPhase(phase, condition, 1_000, forMs), from);
}
const times = (count: number, condition: AlertCondition) => Array.from({ length: count }, () => condition);
const firing: AlertPhase = { is: 'firing', clearMs: null };

describe('what a value means for a rule', () => {
  it('is breached from the threshold on, and clear only well below it', () => {
    expect([value(0.95), value(0.9), value(0.85), value(0.8)]).toEqual([
      ...['breached', 'breached', 'between', 'clear'],
    ]);
  });

  it('is clear from the value on that a person has chosen', () => {
    const chosen = { ...rule, clearThreshold: 0.5 };
    expect(conditionOf({ type: 'value', value: 0.6 }, chosen)).toBe('between');
    expect(conditionOf({ type: 'value', value: 0.5 }, chosen)).toBe('clear');
  });
});

describe('the phase of an alert', () => {
  it('is firing when it was so for long enough without a break', () => {
    expect(passed(times(3, 'breached'), 3_000)).toEqual({ is: 'pending', heldMs: 2_000 });
    expect(passed(times(4, 'breached'), 3_000)).toEqual(firing);
    expect(passed(times(1, 'breached'), 0)).toEqual(firing);
  });

  it.each<AlertCondition>(['clear', 'between'])('begins anew after a break: %s', (other) => {
    const phase = passed([...times(3, 'breached'), other, 'breached'], 3_000);
    expect(phase).toEqual({ is: 'pending', heldMs: 0 });
  });

  it('stands still while nothing is known', () => {
    const pending = passed(times(3, 'breached'), 3_000);
    expect(passed(times(100, 'unknown'), 3_000, pending)).toEqual(pending);
    expect(passed(times(100, 'unknown'), 3_000, firing)).toEqual(firing);
    expect(passed(times(100, 'unknown'), 0)).toEqual(okPhase);
  });

  it('is over when it was clear for as long, and at once where no time is asked for', () => {
    expect(passed(times(3, 'clear'), 3_000, firing)).toEqual({ is: 'firing', clearMs: 2_000 });
    expect(passed(times(4, 'clear'), 3_000, firing)).toEqual(okPhase);
    expect(passed(times(1, 'clear'), 0, firing)).toEqual(okPhase);
  });

  it('is over after 15 s at most, however long it had to last', () => {
    expect(passed(times(15, 'clear'), 600_000, firing).is).toBe('firing');
    expect(passed(times(16, 'clear'), 600_000, firing)).toEqual(okPhase);
  });

  it('stays one alert while its value comes and goes', () => {
    const flapping = Array.from({ length: 20 }, () => ['clear', 'clear', 'breached'] as const).flat();
    expect(passed(flapping, 5_000, firing)).toEqual(firing);
    expect(passed(times(100, 'between'), 5_000, firing)).toEqual(firing);
  });
});
