import { describe, expect, it } from 'vitest';
import { SourceMetrics } from '../../../../src/main/observability/SourceMetrics.ts';
import { requestMeter } from '../../../../src/main/sessions/requestMeter.ts';
import { StatementMeter } from '../../../../src/main/sessions/StatementMeter.ts';
import type { RestConfig } from '../../../../src/shared/engines/rest/config.ts';
import { FakeClock } from '../../../support/FakeClock.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type ApiServer, json } from '../../../support/rest/ApiServer.ts';
import {
  ask,
  impatientConnector,
  openApi,
  plainConfig,
  startApi,
} from '../../../support/rest/apiUnderTest.ts';

const noon = Date.UTC(2026, 9, 1, 12);

/** An API that answers some requests with a status of its own, then with a record. */
async function moodyApi(moods: readonly { status: number; headers?: Record<string, string> }[]) {
  const waiting = [...moods];
  const api = await startApi((request, response) => {
    // The clock of the test is the only one there is.
    response.sendDate = false;
    const mood = waiting.shift();
    json(
      mood === undefined ? [{ id: 1 }] : { message: 'slow down' },
      mood?.headers,
      mood?.status,
    )(request, response);
  });
  return api;
}

/** Lets what is on the wire arrive: until so many requests have come, or nothing happens any more. */
async function untilSeen(api: ApiServer, count: number): Promise<void> {
  for (let turn = 0; turn < 2_000 && api.seen.length < count; turn += 1) await new Promise(setImmediate);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
}

describe('an API that wants a pause', () => {
  it.each([
    ['2', 2_000],
    ['Thu, 01 Oct 2026 12:00:03 GMT', 3_000],
    ['soon', 500],
    [undefined, 500],
  ])('gets it: Retry-After %s', async (retryAfter, leastMs) => {
    const clock = new FakeClock(noon);
    const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
    const api = await moodyApi([{ status: 429, headers }]);
    const connection = await openApi(plainConfig(api.origin), { clock });
    const waits: number[] = [];
    const asked = ask(connection, '/items?page=3', {}, { onWaiting: (untilMs) => waits.push(untilMs) });
    await untilSeen(api, 1);
    await clock.advance(leastMs - 1);
    await untilSeen(api, 2);
    expect(api.seen).toHaveLength(1);
    await clock.advance(1_000);
    const answer = await asked;
    expect(answer).toMatchObject({ status: 200, attempts: 2 });
    expect(waits[0]).toBeGreaterThanOrEqual(leastMs);
    expect(answer.timing.waitMs).toBeGreaterThanOrEqual(leastMs);
    expect(api.seen.map(({ url }) => url)).toEqual(['/items?page=3', '/items?page=3']);
  });

  it('is not waited for a day: the request stops and says so', async () => {
    const clock = new FakeClock(noon);
    const api = await moodyApi([{ status: 429, headers: { 'Retry-After': '86400' } }]);
    const connection = await openApi(plainConfig(api.origin), { clock });
    const failure = await failureOf(ask(connection, '/'));
    expect(failure.code).toBe('RATE_LIMITED');
    expect(failure.retryAfterMs).toBeGreaterThan(60_000);
  });

  it('is left at once when the person cancels the wait', async () => {
    const clock = new FakeClock(noon);
    const api = await moodyApi([{ status: 429, headers: { 'Retry-After': '4' } }]);
    const connection = await openApi(plainConfig(api.origin), { clock });
    const controller = new AbortController();
    const asked = failureOf(ask(connection, '/', {}, { signal: controller.signal }));
    await untilSeen(api, 1);
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
    expect(connection.isBusy).toBe(false);
  });

  it('is not asked again before its next period when it says that nothing is left', async () => {
    const clock = new FakeClock(noon);
    const spent = { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '3' };
    const api = await startApi(json([], spent));
    const connection = await openApi(plainConfig(api.origin), { clock });
    await ask(connection, '/');
    const second = ask(connection, '/');
    await clock.advance(2_999);
    await untilSeen(api, 2);
    expect(api.seen).toHaveLength(1);
    await clock.advance(1);
    await second;
    expect(api.seen).toHaveLength(2);
  });

  it('is asked no more often than the data source allows, by all its connections together', async () => {
    const clock = new FakeClock(noon);
    const api = await startApi(json([]));
    const connector = impatientConnector(clock);
    const config = plainConfig(api.origin, { rateLimit: { requests: 2, seconds: 1 } });
    const first = await openApi(config, { clock, connector });
    const second = await openApi(config, { clock, connector });
    const asked = Promise.all([ask(first, '/1'), ask(second, '/2'), ask(first, '/3'), ask(second, '/4')]);
    await untilSeen(api, 3);
    expect(api.seen).toHaveLength(2);
    await clock.advance(1_000);
    await untilSeen(api, 4);
    await asked;
    expect(api.seen).toHaveLength(4);
  });
});

describe('an API that fails', () => {
  it('is asked again, but no more often than the settings say', async () => {
    const api = await moodyApi([{ status: 502 }, { status: 500 }]);
    const connection = await openApi(plainConfig(api.origin, { maxRetries: 2 }));
    expect((await ask(connection, '/')).attempts).toBe(3);
    const failing = await startApi(json({ detail: 'boom' }, {}, 500));
    const other = await openApi(plainConfig(failing.origin, { maxRetries: 2 }));
    const failure = await failureOf(ask(other, '/'));
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', driverCode: '500', retryable: true });
    expect(failure.detail).toContain('boom');
    expect(failing.seen).toHaveLength(3);
  });

  it('never gets a request again that may have changed something', async () => {
    const api = await startApi(json({}, {}, 503));
    const connection = await openApi(plainConfig(api.origin));
    await failureOf(ask(connection, '/', { method: 'POST' }));
    expect(api.seen).toHaveLength(1);
    await failureOf(ask(connection, '/', { method: 'POST', isRepeatable: true }));
    expect(api.seen).toHaveLength(5);
  });

  it('is left alone for a while after five failures in a row, but for a person who tries', async () => {
    const clock = new FakeClock();
    const api = await startApi(json({}, {}, 500));
    const connection = await openApi(plainConfig(api.origin, { maxRetries: 0 }), { clock });
    for (let count = 0; count < 5; count += 1) await failureOf(ask(connection, '/'));
    const failure = await failureOf(ask(connection, '/'));
    expect(failure.code).toBe('CIRCUIT_OPEN');
    expect(failure.retryAfterMs).toBeGreaterThan(0);
    expect(api.seen).toHaveLength(5);
    api.answer = json([]);
    expect((await ask(connection, '/', {}, { isVerbatim: true })).status).toBe(200);
    expect((await ask(connection, '/')).status).toBe(200);
  });

  it('does as the rules of the resource say', async () => {
    const api = await startApi((request, response) => {
      const status = request.url === '/gone' ? 404 : 200;
      json({ error: { info: 'key expired' } }, {}, status)(request, response);
    });
    const connection = await openApi(plainConfig(api.origin));
    const rules = [
      { status: '404', when: '', outcome: 'ignore' },
      { status: '2xx', when: 'error', outcome: 'fail' },
    ] as const;
    expect((await ask(connection, '/gone', { rules })).isIgnored).toBe(true);
    const failure = await failureOf(ask(connection, '/items', { rules }));
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', detail: 'The API says: key expired' });
  });

  it('answers a person with any status, and once', async () => {
    const api = await startApi(json({ oh: 'no' }, {}, 500));
    const connection = await openApi(plainConfig(api.origin));
    const answer = await ask(connection, '/', {}, { isVerbatim: true });
    expect(answer).toMatchObject({ status: 500, attempts: 1 });
    expect(api.seen).toHaveLength(1);
  });
});

describe('what is measured of an API', () => {
  const measured = async (api: ApiServer, clock: FakeClock, changes: Partial<RestConfig> = {}) => {
    const metrics = new SourceMetrics(clock.monotonicMs());
    const meter = new StatementMeter({ sourceId: crypto.randomUUID(), recorders: [metrics], clock });
    const options = { requests: requestMeter(meter, metrics) };
    const connection = await openApi(plainConfig(api.origin, changes), { clock, options });
    return { metrics: metrics.requests, connection };
  };

  it('is each status, the time of waits, and what is left until its period is over', async () => {
    const clock = new FakeClock(noon);
    const left = { 'RateLimit-Remaining': '7', 'RateLimit-Reset': '60' };
    const slowDown = { status: 429, headers: { 'Retry-After': '2', ...left } };
    const api = await moodyApi([slowDown, { status: 404 }]);
    const { connection, metrics } = await measured(api, clock);
    const asked = failureOf(ask(connection, '/'));
    await untilSeen(api, 1);
    await clock.advance(3_000);
    await asked;
    await ask(connection, '/');
    const figures = metrics.take(clock.monotonicMs());
    expect(figures?.statuses).toEqual({ '2xx': 1, '3xx': 0, '4xx': 2, '5xx': 0, none: 0 });
    // One request waited; those that were sent at once did not.
    expect(figures?.wait.counts()).toHaveLength(1);
    expect(figures?.wait.range.minMs).toBeGreaterThanOrEqual(2_000);
    expect(figures?.remaining).toBe(7);
    expect(metrics.take(clock.monotonicMs() + 60_000)?.remaining).toBeNull();
  });

  it('is also a wait that is given up', async () => {
    const clock = new FakeClock(noon);
    const api = await startApi(json([]));
    const { connection, metrics } = await measured(api, clock, { rateLimit: { requests: 1, seconds: 4 } });
    await ask(connection, '/');
    const controller = new AbortController();
    const asked = failureOf(ask(connection, '/', {}, { signal: controller.signal }));
    await untilSeen(api, 2);
    await clock.advance(3_000);
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
    expect(metrics.take(clock.monotonicMs())?.wait.range).toEqual({ minMs: 3_000, maxMs: 3_000 });
  });
});
