import { type CallName, callNames, contract } from '../../../src/shared/ipc/contract.ts';
import { callApi, type PageApi } from '../support/callApi.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { expect, test } from './claim.ts';

/**
 * Sends every hostile payload to each of these channels. They are made in the page, because most of them do not survive the way
 * there. Answers channel and payload → the code of the answer, or `not sent` when the bridge itself refused.
 */
const sendHostilePayloads = (
  { page }: RunningApp,
  channels: readonly CallName[],
): Promise<Record<string, string>> =>
  page.evaluate(
    async (limits) => {
      const cyclic: Record<string, unknown> = {};
      cyclic.self = cyclic;
      let deep: unknown = null;
      for (let level = 0; level < 500; level += 1) deep = [deep];
      const payloads: Record<string, unknown> = {
        nothing: undefined,
        text: 'text',
        number: Number.NaN,
        array: [null],
        'a key too many': { id: crypto.randomUUID(), isAdmin: true },
        'an id of the wrong type': { id: { $ne: null } },
        'an own __proto__ key': JSON.parse('{"__proto__": {"isAdmin": true}}'),
        'an own constructor key': { constructor: { prototype: { isAdmin: true } } },
        'more elements than any input has': new Array(25_000).fill(0),
        'deep nesting': deep,
        'a circle': cyclic,
        'a function': () => undefined,
        'a symbol': Symbol('x'),
        'an element': document.body,
        'a date': new Date(),
        bytes: new Uint8Array(16),
      };
      const { calls } = (window as unknown as { api: PageApi }).api;
      const codes: Record<string, string> = {};
      for (const [name, maxBytes] of limits) {
        const [topic = '', verb = ''] = name.split('.');
        const tooLong = { 'more text than it takes': { text: 'x'.repeat(maxBytes) } };
        for (const [payloadName, payload] of Object.entries({ ...payloads, ...tooLong })) {
          try {
            const answer = await calls[topic]?.[verb]?.(crypto.randomUUID(), payload);
            codes[`${name} ← ${payloadName}`] = answer?.ok ? 'OK' : String(answer?.error.code);
          } catch {
            codes[`${name} ← ${payloadName}`] = 'not sent';
          }
        }
      }
      return codes;
    },
    channels.map((name) => [name, contract[name].maxBytes] as const),
  );

const refusals = ['INVALID_INPUT', 'TOO_LARGE', 'not sent'];

test('E14 every channel refuses every hostile payload, and main goes on', async ({ mooring }) => {
  const codes = await sendHostilePayloads(mooring, callNames);
  const accepted = Object.entries(codes).filter(([, code]) => !refusals.includes(code));
  expect(accepted).toEqual([]);
  expect(new Set(Object.values(codes))).toEqual(new Set(refusals));
  expect(await mooring.app.evaluate(() => ({}) as { isAdmin?: boolean })).toEqual({});
  expect(await callApi(mooring.page, 'app.info', null)).toMatchObject({ ok: true });
});

test('E14 every channel refuses every hostile payload (seen to fail in the weak app)', async ({
  sharedWeakApp,
}) => {
  // It has no rules for any of them, so that a few show it.
  const few = callNames.filter((_, index) => index % 10 === 0);
  const codes = Object.values(await sendHostilePayloads(sharedWeakApp, few));
  expect(codes.filter((code) => code === 'OK').length).toBeGreaterThan(few.length);
});

test('E14 what is too large is let go again', async ({ mooring }) => {
  const { app, page } = mooring;
  const heapBytes = () =>
    app.evaluate(() => {
      const { setFlagsFromString } = process.getBuiltinModule('node:v8');
      const { runInNewContext } = process.getBuiltinModule('node:vm');
      setFlagsFromString('--expose-gc');
      runInNewContext('gc')();
      return process.memoryUsage().heapUsed;
    });
  const before = await heapBytes();
  const codes = await page.evaluate(async () => {
    const { calls } = (window as unknown as { api: PageApi }).api;
    const answers: unknown[] = [];
    for (let count = 0; count < 2; count += 1) {
      const answer = await calls.app?.copyText?.(crypto.randomUUID(), { text: 'x'.repeat(32 * 1024 * 1024) });
      answers.push(answer?.ok ? 'OK' : answer?.error.code);
    }
    return answers;
  });
  expect(codes).toEqual(['TOO_LARGE', 'TOO_LARGE']);
  await expect.poll(heapBytes).toBeLessThan(before + 16 * 1024 * 1024);
});

test('E14 a page in a loop is slowed down and then answered again', async ({ mooring }) => {
  const { codes, slowestMs } = await mooring.page.evaluate(async () => {
    const { calls } = (window as unknown as { api: PageApi }).api;
    const startedMs = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 5_000 }, () => calls.app?.getPreferences?.(crypto.randomUUID(), null)),
    );
    const counted: Record<string, number> = {};
    for (const answer of answers) {
      const code = answer?.ok ? 'OK' : String(answer?.error.code);
      counted[code] = (counted[code] ?? 0) + 1;
    }
    return { codes: counted, slowestMs: performance.now() - startedMs };
  });
  expect(Object.keys(codes).toSorted()).toEqual(['OK', 'RATE_LIMITED']);
  // The burst, and what comes back at 200 a second while they run.
  expect(codes.OK).toBeLessThanOrEqual(400 + Math.ceil(slowestMs / 5));
  await expect.poll(async () => (await callApi(mooring.page, 'app.getPreferences', null)).ok).toBe(true);
});
