import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { MemoryKeychain } from '../../../../tests/support/MemoryKeychain.ts';
import { freePort } from '../../../../tests/support/serverProcess.ts';
import { TraceReceiver } from '../../../../tests/support/TraceReceiver.ts';
import { defaultTracingSettings } from '../../../shared/model/defaults.ts';
import type { TracingSettings } from '../../../shared/model/tracing.ts';
import { neverAborted } from '../../base/abort.ts';
import { type LogFields, silentLogger } from '../Logger.ts';
import { Operations } from '../operations/Operations.ts';
import { Traces } from './Traces.ts';
import { Tracing } from './Tracing.ts';

const account = 'header';
const key = { name: 'Authorization', value: 'Bearer canary-key' };

let clock: FakeClock;
let receiver: TraceReceiver;
let keychain: MemoryKeychain;
let kept: TracingSettings;
let answer: boolean;
let asked: string[];
let logged: (LogFields | undefined)[];
let operations: Operations;
let tracing: Tracing;

/** As after a start of the app. */
function started(): Tracing {
  const traces = new Traces();
  operations = new Operations(clock, traces, []);
  return new Tracing({
    traces,
    settings: {
      read: () => kept,
      write: (settings) => {
        kept = settings;
      },
    },
    header: {
      read: () => keychain.read(account),
      write: (text) => keychain.write(account, text),
      remove: () => keychain.remove(account),
    },
    version: '1.2.3',
    engineOf: () => 'postgres',
    ask: async ({ question }) => {
      asked.push(question);
      return answer;
    },
    clock,
    logger: { ...silentLogger, warn: (_, fields) => logged.push(fields) },
  });
}

const configure = (change: Partial<TracingSettings>) =>
  tracing.configure({ ...kept, ...change }, neverAborted);
const turnOn = () => configure({ isOn: true, endpoint: receiver.endpoint });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

beforeEach(async () => {
  clock = new FakeClock();
  receiver = await TraceReceiver.start();
  keychain = new MemoryKeychain();
  kept = defaultTracingSettings;
  answer = true;
  asked = [];
  logged = [];
  tracing = started();
});

afterEach(async () => {
  await tracing.close();
  await receiver.close();
});

describe('tracing', () => {
  it('sends nothing while it is off, and nothing without an endpoint', async () => {
    await configure({ endpoint: receiver.endpoint });
    operations.begin({ kind: 'statement', name: 'user' }).succeeded();
    expect(tracing.status()).toMatchObject({ delivery: null });
    expect(await failureOf(tracing.sendTest())).toMatchObject({ code: 'NOT_FOUND' });
    await configure({ isOn: true, endpoint: null });
    operations.begin({ kind: 'statement', name: 'user' }).succeeded();
    await tracing.close();
    expect(receiver.texts).toEqual([]);
  });

  it('goes on after a restart, and sends what waits before the app ends', async () => {
    await turnOn();
    await tracing.close();
    tracing = started();
    await tracing.start();
    operations.begin({ kind: 'statement', name: 'user' }).succeeded(2);
    await tracing.close();
    expect(receiver.spans).toMatchObject([
      { name: 'statement user', attributes: { 'db.response.returned_rows': 2 } },
    ]);
    expect(receiver.resources).toMatchObject([{ 'service.version': '1.2.3' }]);
  });

  it('asks before spans go to another computer, once, and stays as it was when the person says no', async () => {
    await turnOn();
    expect(asked).toEqual([]);
    answer = false;
    const refused = await failureOf(configure({ endpoint: 'https://collector.example/v1/traces' }));
    expect(refused).toMatchObject({ code: 'CANCELLED' });
    expect(tracing.status().settings.endpoint).toBe(receiver.endpoint);
    answer = true;
    await configure({ endpoint: 'https://collector.example/v1/traces' });
    await configure({ sharePercent: 10 });
    expect(asked).toEqual([
      'Send traces to https://collector.example?',
      'Send traces to https://collector.example?',
    ]);
    await configure({ isOn: false });
    await configure({ isOn: true });
    expect(asked).toHaveLength(3);
  });

  it('sends its header to the endpoint for which it was set, and to no other one, whatever the settings say', async () => {
    await turnOn();
    expect((await tracing.setHeader(key)).header).toEqual({ name: 'Authorization', isKept: true });
    await tracing.sendTest();
    expect(receiver.headers.at(-1)?.authorization).toBe(key.value);
    const other = await TraceReceiver.start();
    onTestFinished(() => other.close());
    expect((await configure({ endpoint: other.endpoint })).header).toBeNull();
    await tracing.sendTest();
    expect(other.headers.at(-1)).not.toHaveProperty('authorization');
    await tracing.close();
    // Somebody has edited the file with the settings.
    kept = { ...kept, endpoint: other.endpoint };
    tracing = started();
    await tracing.start();
    await tracing.sendTest();
    expect(other.headers.at(-1)).not.toHaveProperty('authorization');
    await configure({ endpoint: receiver.endpoint });
    await tracing.sendTest();
    expect(receiver.headers.at(-1)?.authorization).toBe(key.value);
    expect(JSON.stringify([tracing.status(), logged])).not.toContain('canary');
  });

  it('keeps a header for this run only without a keychain, and says so; one that stays is not called removed', async () => {
    await turnOn();
    keychain.isLocked = true;
    expect((await tracing.setHeader(key)).header).toEqual({ name: 'Authorization', isKept: false });
    await tracing.sendTest();
    expect(receiver.headers.at(-1)?.authorization).toBe(key.value);
    expect(logged).toEqual([{ code: 'VAULT_UNAVAILABLE' }]);
    keychain.isLocked = false;
    await tracing.setHeader(key);
    keychain.isLocked = true;
    expect(await failureOf(tracing.setHeader(null))).toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(tracing.status().header).not.toBeNull();
    keychain.isLocked = false;
    expect((await tracing.setHeader(null)).header).toBeNull();
    expect(keychain.items.size).toBe(0);
  });

  it('takes nothing from the keychain that is no header', async () => {
    const { origin } = new URL(receiver.endpoint);
    for (const text of ['{', 'null', JSON.stringify({ origin, name: 'host', value: 'evil.example' })]) {
      keychain.items.set(account, text);
      tracing = started();
      expect((await turnOn()).header).toBeNull();
    }
  });

  it.each([
    [401, 'COLLECTOR_REFUSED', /does not accept the header/],
    [404, 'COLLECTOR_REFUSED', /takes no traces at \/v1\/traces/],
    [302, 'COLLECTOR_REFUSED', /elsewhere/],
    [500, 'COLLECTOR_REFUSED', /did not take/],
    [503, 'COLLECTOR_REFUSED', /did not take/],
  ])('says of a test span what the answer %s means', async (status, code, title) => {
    await turnOn();
    receiver.answer = { status, headers: { location: `${receiver.endpoint}/elsewhere` } };
    const error = await failureOf(tracing.sendTest());
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(title),
      driverCode: `HTTP ${status}`,
    });
    expect(receiver.paths).toEqual(['POST /v1/traces']);
  });

  it('says that a span was dropped although the answer is a success', async () => {
    await turnOn();
    receiver.answer = { status: 200, body: '{"partialSuccess":{"rejectedSpans":"1"}}' };
    expect(await failureOf(tracing.sendTest())).toMatchObject({ code: 'COLLECTOR_REFUSED' });
    receiver.answer = { status: 200, body: `not JSON, and long: ${'x'.repeat(200_000)}` };
    expect(await tracing.sendTest()).toEqual({ httpStatus: 200, durationMs: 0 });
  });

  it('says that nothing listens, or that nothing answers', async () => {
    await configure({ isOn: true, endpoint: `http://127.0.0.1:${await freePort()}` });
    expect(await failureOf(tracing.sendTest())).toMatchObject({
      code: 'COLLECTOR_UNREACHABLE',
      driverCode: 'ECONNREFUSED',
    });
    let heard: () => void = () => undefined;
    const asking = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const silent = createServer(() => heard());
    const port = await freePort();
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => silent.closeAllConnections());
    onTestFinished(() => void silent.close());
    await configure({ endpoint: `http://127.0.0.1:${port}` });
    const waiting = failureOf(tracing.sendTest());
    await asking;
    await clock.advance(10_000);
    expect(await waiting).toMatchObject({
      code: 'COLLECTOR_UNREACHABLE',
      message: expect.stringContaining('within 10 seconds'),
    });
  });
});
