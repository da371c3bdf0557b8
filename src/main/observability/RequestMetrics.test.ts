import { describe, expect, it } from 'vitest';
import { RequestMetrics } from './RequestMetrics.ts';

const noStatuses = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 };

describe('RequestMetrics', () => {
  it('says nothing of a data source that was never sent a request', () => {
    expect(new RequestMetrics().take(0)).toBeNull();
  });

  it('gives of each interval what ended in it, by class of status, and how long requests waited', () => {
    const requests = new RequestMetrics();
    for (const status of [200, 299, 304, 404, 429, 500, null]) requests.ended(status);
    requests.waited(250);
    const first = requests.take(1_000);
    expect(first?.statuses).toEqual({ '2xx': 2, '3xx': 1, '4xx': 2, '5xx': 1, none: 1 });
    expect(first?.wait.percentiles([0.5])).toEqual([250]);
    requests.ended(200);
    const second = requests.take(2_000);
    expect(second?.statuses).toEqual({ ...noStatuses, '2xx': 1 });
    expect(second?.wait.percentiles([0.5])).toEqual([null]);
    expect(requests.byStatus['2xx']).toBe(3);
    expect(requests.waits.count).toBe(1);
  });

  it('gives the fewest requests that were left in an interval, and goes on with what was said last', () => {
    const requests = new RequestMetrics();
    requests.ended(200);
    expect(requests.take(1_000)?.remaining).toBeNull();
    for (const remaining of [1, 0, 60]) requests.left(remaining, null);
    expect(requests.take(2_000)?.remaining).toBe(0);
    expect(requests.take(3_000)?.remaining).toBe(60);
    expect(requests.remaining).toBe(60);
  });

  it('does not know what is left once the period of the API is over', () => {
    const requests = new RequestMetrics();
    requests.ended(200);
    requests.left(0, 5_000);
    expect(requests.take(4_999)?.remaining).toBe(0);
    expect(requests.take(5_000)?.remaining).toBeNull();
    expect(requests.remaining).toBeNull();
    requests.left(60, 9_000);
    expect(requests.take(6_000)?.remaining).toBe(60);
  });
});
