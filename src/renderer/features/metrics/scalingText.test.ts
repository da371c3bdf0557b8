import { describe, expect, it } from 'vitest';
import { somePoolStats } from '../../../../tests/support/someMetrics.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { metricsText } from '../../text/metrics.ts';

const decision: ScalingDecision = {
  at: 0,
  reason: 'waiting',
  from: 2,
  to: 5,
  waitP95Ms: 40,
  use: 0.2,
  arrivalsPerSecond: 12.34,
};
const pool = somePoolStats({ min: 2, target: 2 });
const { scaling, targetBeside } = metricsText;

describe('what the scaler did', () => {
  it.each([
    [{}, 'Grew 2 → 5: p95 wait 40 ms'],
    [{ waitP95Ms: null }, 'Grew 2 → 5: requests waited'],
    [{ reason: 'busy', use: 0.856 }, 'Grew 2 → 5: 86\u00a0% in use'],
    [{ reason: 'idle', from: 5, to: 3 }, 'Shrank 5 → 3: 20\u00a0% in use for a while'],
    [{ reason: 'server-limit', from: 10, to: 7 }, 'Limited to 7: the server refused another connection'],
    [{ reason: 'limit-lifted', from: 7, to: 8 }, 'Limit raised to 8'],
  ] as const)('reads %j as %s', (change, text) => {
    expect(scaling.decision({ ...decision, ...change })).toBe(text);
  });

  it('comes with its moment and the figures behind it', () => {
    const at = new Date(2026, 0, 3, 14, 5, 9).getTime();
    expect(scaling.figures({ ...decision, at })).toBe(
      '3 Jan 2026, 14:05:09 · 20\u00a0% in use, 12.3 requests per second, p95 wait 40 ms',
    );
  });

  it('names the limit of the server beside the target while there is one', () => {
    expect(targetBeside(pool)).toBe('of 10');
    expect(targetBeside({ ...pool, ceiling: 7 })).toBe('server allows 7');
  });
});
