import { describe, expect, it } from 'vitest';
import { someActivity, someSession } from '../../../../tests/support/someActivity.ts';
import type { ActivitySample } from '../../../shared/model/serverActivity.ts';
import { type TrendPoint, withSample } from './activityTrend.ts';

const sampleAt = (at: number, change: Partial<ActivitySample> = {}): ActivitySample => ({
  ...someActivity([]),
  at,
  ...change,
});
const times = (points: readonly TrendPoint[]) => points.map(({ at }) => at);

describe('the figures of the last samples', () => {
  it('count sessions by what they do, without the one that looks, and have each figure of the server', () => {
    const sessions = [
      someSession(1, { state: 'active' }),
      someSession(2, { state: 'active', owner: 'sampling' }),
      someSession(3, { state: 'idle' }),
      someSession(4, { state: null }),
    ];
    const figures: ActivitySample['figures'] = [
      { key: 'connections', value: { type: 'count', count: 4, max: 100 }, gap: null },
      { key: 'cacheHits', value: { type: 'share', share: 0.9 }, gap: null },
      { key: 'replicationLag', value: null, gap: { reason: 'not-replicated', right: null } },
    ];
    expect(withSample([], sampleAt(10, { ...someActivity(sessions), at: 10, figures }))[0]).toMatchObject({
      sessions: { active: 1, idle: 1 },
      figures: { connections: 4, cacheHits: 0.9, replicationLag: null },
      maxConnections: 100,
    });
  });

  it('are of an hour at most, each moment once, and begin anew when the clock was set back', () => {
    let points: readonly TrendPoint[] = [];
    for (let at = 1; at <= 1_900; at += 1) points = withSample(points, sampleAt(at * 2_000));
    expect(points).toHaveLength(1_800);
    expect(withSample(points, sampleAt(1_900 * 2_000))).toBe(points);
    expect(times(withSample(points, sampleAt(5_000)))).toEqual([5_000]);
  });
});
