import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import { unpackPoints } from '../../../src/shared/model/packedPoints.ts';
import type { RunInput } from '../../../src/shared/model/query.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { json } from '../../support/rest/ApiServer.ts';
import { plainConfig, startApi } from '../../support/rest/apiUnderTest.ts';

const runOf = (sourceId: string, text: string): RunInput => ({
  ...{ tabId: randomUUID(), sourceId, parameters: [], acceptedRisks: [] },
  ...{ onError: 'stop', commit: 'auto', timeoutMs: null, rowLimit: null },
  statements: [{ text, data: null, modes: sqlLanguageOf('postgres').modes }],
});

const lastMinutes = (id: string) => {
  const to = Date.now();
  return { id, from: to - 10 * 60_000, to };
};

describe('the history of metrics', () => {
  it('is there after a restart, with the states, and goes with its data source', async () => {
    const first = new AppUnderTest();
    const { password, ...server } = inject('postgres');
    const fields = someFields(server);
    const draft = { id: null, fields, secrets: typedPassword(password) };
    const { id } = (await first.ok('dataSources.save', draft)).dataSource;
    await first.ok('dataSources.connect', { id, secret: null });
    const { query } = await first.life.services;
    for await (const _ of query.run(runOf(id, 'select 1'), neverAborted));
    await first.life.shutdown();

    const app = new AppUnderTest(first.folder);
    const { points: packed, states, stepMs } = await app.ok('metrics.range', lastMinutes(id));
    const points = unpackPoints(packed);
    expect(stepMs).toBe(10_000);
    expect(points.some((point) => point.statementsPerSecond.user > 0 && point.latency !== null)).toBe(true);
    expect(states.map(({ status }) => status)).toEqual(['connecting', 'ready', 'closing', 'idle']);

    await app.ok('dataSources.remove', { id });
    await app.life.shutdown();
    const again = new AppUnderTest(first.folder);
    const nothing = { points: new Float64Array(), states: [], decisions: [] };
    expect(await again.ok('metrics.range', lastMinutes(id))).toMatchObject(nothing);
  });

  it('has the statuses of an API, and what it still allows', async () => {
    const left = { 'x-ratelimit-remaining': '41' };
    const api = await startApi((request, response) => {
      json([], left, request.url === '/gone' ? 404 : 200)(request, response);
    });
    const first = new AppUnderTest();
    const engine = { kind: 'rest', config: plainConfig(api.origin) } as const;
    const draft = { id: null, fields: { ...someFields(), engine }, secrets: {} };
    const { id } = (await first.ok('dataSources.save', draft)).dataSource;
    await first.ok('dataSources.connect', { id, secret: null });
    for (const path of ['/', '/gone', '/gone']) {
      const request = {
        method: 'GET' as const,
        path,
        parameters: [],
        headers: [],
        body: { type: 'none' as const },
      };
      await first.ok('requests.send', { id, request });
    }
    await first.life.shutdown();

    const again = new AppUnderTest(first.folder);
    const points = unpackPoints((await again.ok('metrics.range', lastMinutes(id))).points);
    const had = (status: '2xx' | '4xx' | '5xx'): boolean =>
      points.some(({ requests }) => (requests?.statusesPerSecond[status] ?? 0) > 0);
    expect([had('2xx'), had('4xx'), had('5xx')]).toEqual([true, true, false]);
    expect(points.findLast(({ requests }) => requests !== null)?.requests?.remaining).toBe(41);
  });

  it('refuses what is no range', async () => {
    const app = new AppUnderTest();
    const range = lastMinutes(randomUUID());
    for (const change of [
      { from: range.to + 1 },
      { to: Number.NaN },
      { from: -Infinity },
      { to: '1' },
      { id: '' },
    ]) {
      expect(await app.codeOf('metrics.range', { ...range, ...change })).toBe('INVALID_INPUT');
    }
    expect(await app.codeOf('metrics.range', { ...range, from: -8.64e15, to: 8.64e15 })).toBe('ok');
  });
});
