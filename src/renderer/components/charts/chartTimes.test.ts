import { describe, expect, it } from 'vitest';
import { momentText, timeLabel } from './chartTimes.ts';

const at = new Date(2026, 10, 27, 14, 5, 9).getTime();

describe('the times of a chart', () => {
  it('are as exact as the steps between two labels need it', () => {
    expect([30, 60, 86_400].map((step) => timeLabel(at / 1_000, step))).toEqual([
      '14:05:09',
      '14:05',
      '27 Nov',
    ]);
  });

  it('have their day where a time of day could be that of another one', () => {
    expect(momentText(at / 1_000, { from: at - 3_600_000, to: at })).toBe('14:05:09');
    expect(momentText(at / 1_000, { from: at - 7 * 86_400_000, to: at })).toBe('27 Nov, 14:05:09');
  });
});
