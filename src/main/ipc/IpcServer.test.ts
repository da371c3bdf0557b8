import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { someFields, typedPassword } from '../../../tests/support/dataSources.ts';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { MemoryIpc, memoryFrame } from '../../../tests/support/MemoryIpc.ts';
import { cancelChannel, channelOf } from '../../shared/ipc/channels.ts';
import { callNames, contract } from '../../shared/ipc/contract.ts';
import { type Answer, answerSchema } from '../../shared/ipc/envelope.ts';
import { maxAuthorityLength } from '../../shared/model/tls.ts';
import type { AuditRecord } from '../audit/Audit.ts';
import { CallAudit } from '../audit/CallAudit.ts';
import { AppError } from '../base/AppError.ts';
import { currentCorrelationId } from '../observability/correlation.ts';
import { type Logger, silentLogger } from '../observability/Logger.ts';
import type { CallContext, CallHandlers, StreamHandlers } from './handlerTypes.ts';
import { IpcServer } from './IpcServer.ts';
import type { PortSenderEvent } from './ipcTransport.ts';

const origin = 'app://bundle';
const mainFrame = memoryFrame(origin);
const windowEvent: PortSenderEvent = { type: 'frame', sender: { id: 1 }, senderFrame: mainFrame, ports: [] };
const foreignEvent: PortSenderEvent = { ...windowEvent, sender: { id: 2 } };
const id = randomUUID();
const input = { id, secret: null };
const emptyList = { revision: 0, dataSources: [], damaged: [] };

let ipc: MemoryIpc;
let clock: FakeClock;
let handlers: Record<string, (input: unknown, context: CallContext) => unknown>;
let logged: unknown[][];
let isLocked: boolean;
let recorded: AuditRecord[];

beforeEach(() => {
  isLocked = false;
  ipc = new MemoryIpc();
  clock = new FakeClock();
  handlers = {};
  logged = [];
  recorded = [];
});

function start(callHandlers: Promise<unknown> = Promise.resolve(handlers)): IpcServer {
  const streamHandlers = {} as StreamHandlers;
  const record = (...line: unknown[]) => void logged.push(line);
  const logger: Logger = { ...silentLogger, error: record, warn: record, info: record };
  return new IpcServer({
    transport: ipc,
    trustedContents: () => ({ id: 1, mainFrame }),
    trustedOrigin: origin,
    handlers: async () => ({ callHandlers: (await callHandlers) as CallHandlers, streamHandlers }),
    isLocked: () => isLocked,
    audit: new CallAudit({ trail: () => ({ record: (record) => void recorded.push(record) }), clock }),
    clock,
    logger,
  });
}

async function call(name: string, input: unknown, callId: string = randomUUID()): Promise<Answer<unknown>> {
  const answer = await ipc.invoke(`mooring.call.${name}`, windowEvent, { callId, input });
  return answer as Answer<unknown>;
}

const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'OK' : answer.error.code);

/** A call that ends only when it is aborted. */
function untilCancelled(_input: unknown, { signal }: CallContext): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

describe('IpcServer, calls', () => {
  it('answers a call with what its handler returns, under the id of the call', async () => {
    const callId = randomUUID();
    handlers['dataSources.list'] = async () => {
      await settle();
      expect(currentCorrelationId()).toBe(callId);
      return emptyList;
    };
    start();
    expect(await call('dataSources.list', null, callId)).toEqual({ ok: true, value: emptyList });
  });

  it('refuses a foreign sender on every channel and touches no handler', async () => {
    for (const name of callNames) handlers[name] = () => expect.unreachable(name);
    start();
    expect([...ipc.calls.keys()]).toEqual(callNames.map(channelOf));
    for (const channel of ipc.calls.keys()) {
      const answer = await ipc.invoke(channel, foreignEvent, { callId: randomUUID(), input: null });
      expect(codeOf(answer as Answer<unknown>), channel).toBe('FORBIDDEN_SENDER');
    }
  });

  it.each([
    ['no arguments', []],
    ['two arguments', [{ callId: id, input }, null]],
    ['no envelope', [null]],
    ['an id that is no UUID', [{ callId: 'me', input }]],
    ['a key too many in the envelope', [{ callId: id, input, sender: 1 }]],
    ['a key too many in the input', [{ callId: id, input: { ...input, isAdmin: true } }]],
    ['an input of the wrong type', [{ callId: id, input: { ...input, id: 7 } }]],
    ['an input that is missing', [{ callId: id }]],
  ])('refuses a call with %s and touches no handler', async (_what, args) => {
    handlers['dataSources.connect'] = () => expect.unreachable();
    start();
    const answer = await ipc.invoke('mooring.call.dataSources.connect', windowEvent, ...args);
    expect(codeOf(answer as Answer<unknown>)).toBe('INVALID_INPUT');
  });

  it('names the wrong fields but never repeats their values', async () => {
    start();
    const secrets = { password: { type: 'typed', value: 'canary\0secret' } };
    const answer = await call('dataSources.save', { id: null, fields: someFields(), secrets });
    expect(JSON.stringify(answer)).toContain('secrets.password.value');
    expect(JSON.stringify([answer, logged])).not.toContain('canary');
  });

  it('refuses what is larger than the channel accepts', async () => {
    start();
    const answer = await call('tabs.setLayout', { groups: 'x'.repeat(300 * 1024) });
    expect(codeOf(answer)).toBe('TOO_LARGE');
  });

  it.each(['dataSources.save', 'dataSources.test'])(
    'lets a draft through %s with a bundle of authorities and an access token as its password',
    async (name) => {
      const block = `-----BEGIN CERTIFICATE-----\n${'x'.repeat(63)}\n-----END CERTIFICATE-----\n`;
      const caPem = block.repeat(Math.floor(maxAuthorityLength / block.length));
      const fields = someFields({ tls: { mode: 'verify-full', caPem } });
      const draft = { id: null, fields, secrets: typedPassword('x'.repeat(8_000)) };
      const received: unknown[] = [];
      handlers[name] = (given) => {
        received.push(given);
        throw new AppError('NOT_FOUND', { title: 'Enough' });
      };
      start();
      await call(name, draft);
      expect(received).toEqual([draft]);
    },
  );

  it('slows a page in a loop down without touching other channels', async () => {
    handlers['app.info'] = () => expect.unreachable();
    handlers['dataSources.list'] = () => emptyList;
    start();
    const codes: string[] = [];
    for (let count = 0; count < 500; count += 1) codes.push(codeOf(await call('app.info', 'not null')));
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(100);
    expect(codeOf(await call('dataSources.list', null))).toBe('OK');
    await clock.advance(1_000);
    expect(codeOf(await call('app.info', 'not null'))).toBe('INVALID_INPUT');
  });

  it('logs a flood of refusals as a few lines and one with their number, for each kind and channel', async () => {
    handlers['vault.startOver'] = () => {
      throw new AppError('QUESTION_OPEN', { title: 'Another dialog is open' });
    };
    const server = start();
    for (let count = 0; count < 100; count += 1) {
      await call('app.info', 'not null');
      await call('vault.startOver', { current: null });
    }
    expect(logged).toHaveLength(10);
    server.close();
    expect(logged.slice(10)).toEqual([
      ['Call refused, again and again', { call: 'app.info', code: 'INVALID_INPUT', count: 95 }],
      [
        'Call failed, again and again',
        { call: 'vault.startOver', audit: true, code: 'QUESTION_OPEN', count: 95 },
      ],
    ]);
    expect(recorded).toHaveLength(6);
    expect(recorded.at(-1)).toMatchObject({ outcome: 'QUESTION_OPEN', details: { repeatedCount: 95 } });
  });

  it('gives an expected failure its own words and any other only a reference', async () => {
    handlers['dataSources.connect'] = () => {
      throw new AppError('CONNECTION_REFUSED', { title: 'Nothing listens on port 1', fixes: ['Start it.'] });
    };
    handlers['dataSources.disconnect'] = () => {
      throw new Error('ENOENT: /home/me/.secret');
    };
    start();
    const callId = randomUUID();
    const expected = await call('dataSources.connect', input, callId);
    expect(expected).toMatchObject({ error: { title: 'Nothing listens on port 1', correlationId: callId } });
    const unexpected = await call('dataSources.disconnect', { id }, callId);
    expect(unexpected).toMatchObject({ error: { code: 'INTERNAL', correlationId: callId } });
    expect(JSON.stringify(unexpected)).not.toContain('/home');
  });

  it('keeps back an answer that does not fit the contract', async () => {
    handlers['dataSources.list'] = () => [{ password: 'canary' }];
    start();
    const answer = await call('dataSources.list', null);
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('leaves a line in log and trail for an audited call', async () => {
    await clock.advance(1_000);
    handlers['dataSources.remove'] = () => clock.advance(25).then(() => null);
    start();
    await call('dataSources.remove', { id });
    expect(logged).toContainEqual([
      'Call answered',
      { call: 'dataSources.remove', code: 'OK', durationMs: 25, audit: true },
    ]);
    expect(recorded).toEqual([{ operation: 'data-source.removed', subject: id }]);
  });

  it('leaves a line in the trail for an audited call that is refused, at the gate or behind it', async () => {
    start();
    await ipc.invoke(channelOf('dataSources.remove'), foreignEvent, { callId: randomUUID(), input: { id } });
    isLocked = true;
    await call('dataSources.remove', { id });
    await call('dataSources.list', null);
    expect(recorded).toEqual([
      { operation: 'data-source.removed', outcome: 'FORBIDDEN_SENDER' },
      { operation: 'data-source.removed', outcome: 'APP_LOCKED' },
    ]);
  });

  it('lets early calls wait for the services and fail as they did', async () => {
    const corrupt = new AppError('STORE_CORRUPT', { title: 'The data file is damaged' });
    start(Promise.reject(corrupt));
    expect(codeOf(await call('dataSources.list', null))).toBe('STORE_CORRUPT');
  });

  it('cancels a call that still waits for the services', async () => {
    const server = start(new Promise(() => undefined));
    const pending = call('dataSources.list', null);
    server.abandon(1);
    expect(codeOf(await pending)).toBe('CANCELLED');
  });
});

describe('IpcServer, locked', () => {
  it('answers what unlocking needs and refuses everything else, untouched', async () => {
    const withoutInput = callNames.filter((name) => contract[name].input.safeParse(null).success);
    const reached: string[] = [];
    for (const name of callNames) handlers[name] = () => void reached.push(name);
    start();
    isLocked = true;
    const codes = new Map<string, string>();
    for (const name of withoutInput) codes.set(name, codeOf(await call(name, null)));
    expect(codeOf(await call('dataSources.connect', input))).toBe('APP_LOCKED');
    await call('vault.unlock', { passphrase: 'p' });
    expect(reached).toEqual(['app.info', 'app.getPreferences', 'vault.status', 'vault.lock', 'vault.unlock']);
    for (const name of reached) codes.delete(name);
    expect(new Set(codes.values())).toEqual(new Set(['APP_LOCKED']));
    expect(codes.size).toBeGreaterThan(10);
  });

  it('asks whether it is locked when the services stand, not when the call came', async () => {
    handlers['dataSources.list'] = () => expect.unreachable();
    let ready: (value: unknown) => void = () => undefined;
    start(new Promise((resolve) => (ready = resolve)));
    const early = call('dataSources.list', null);
    isLocked = true;
    ready(handlers);
    expect(codeOf(await early)).toBe('APP_LOCKED');
  });

  it('ends what runs when it is locked, but not an unlocking under way', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    handlers['vault.unlock'] = untilCancelled;
    const server = start();
    const running = call('dataSources.connect', input);
    let isUnlockSettled = false;
    void call('vault.unlock', { passphrase: 'p' }).then(() => (isUnlockSettled = true));
    await settle();
    isLocked = true;
    server.lock();
    expect(codeOf(await running)).toBe('APP_LOCKED');
    await settle();
    expect(isUnlockSettled).toBe(false);
  });

  it.each([
    ['value', () => emptyList],
    ['error', () => Promise.reject(new AppError('HOST_NOT_FOUND', { title: 'No host canary' }))],
  ])('keeps back the %s of a call that did not end when it was told to', async (_what, end) => {
    let finish: () => void = () => undefined;
    handlers['dataSources.list'] = () => new Promise<void>((resolve) => (finish = resolve)).then(end);
    const server = start();
    const running = call('dataSources.list', null);
    await settle();
    isLocked = true;
    server.lock();
    finish();
    const answer = await running;
    expect(codeOf(answer)).toBe('APP_LOCKED');
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('answers again after it was unlocked', async () => {
    handlers['dataSources.disconnect'] = () => null;
    const server = start();
    isLocked = true;
    server.lock();
    isLocked = false;
    expect(codeOf(await call('dataSources.disconnect', { id }))).toBe('OK');
  });
});

describe('IpcServer, cancelling', () => {
  const cancel = (callId: unknown, event = windowEvent) => ipc.send(cancelChannel, event, { callId });

  it('cancels call A and leaves call B of the same method running', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    const server = start();
    const [a, b] = [randomUUID(), randomUUID()];
    const answers: Record<string, string> = {};
    void call('dataSources.connect', input, a).then((answer) =>
      Object.assign(answers, { a: codeOf(answer) }),
    );
    void call('dataSources.connect', input, b).then((answer) =>
      Object.assign(answers, { b: codeOf(answer) }),
    );
    await settle();
    cancel(a);
    await settle();
    expect(answers).toEqual({ a: 'CANCELLED' });
    server.abandon(1);
    await settle();
    expect(answers).toEqual({ a: 'CANCELLED', b: 'CANCELLED' });
  });

  it('ignores cancels of foreign senders, of unknown ids and of any other shape', async () => {
    let isSettled = false;
    handlers['dataSources.connect'] = untilCancelled;
    start();
    const callId = randomUUID();
    void call('dataSources.connect', input, callId).then(() => {
      isSettled = true;
    });
    await settle();
    cancel(callId, foreignEvent);
    cancel(randomUUID());
    cancel({ callId });
    ipc.send(cancelChannel, windowEvent);
    await settle();
    expect(isSettled).toBe(false);
  });

  it('refuses an id that is in use, and takes it again when that call has ended', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    start();
    const callId = randomUUID();
    const first = call('dataSources.connect', input, callId);
    await settle();
    expect(codeOf(await call('dataSources.connect', input, callId))).toBe('INVALID_INPUT');
    cancel(callId);
    await first;
    handlers['dataSources.connect'] = () => null;
    expect(codeOf(await call('dataSources.connect', input, callId))).toBe('OK');
  });

  it('ends what runs and refuses what comes when the app closes, in the shape of every answer', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    const server = start();
    const running = call('dataSources.connect', input);
    await settle();
    server.close();
    const late = await call('dataSources.list', null);
    expect([codeOf(await running), codeOf(late)]).toEqual(['SHUTTING_DOWN', 'SHUTTING_DOWN']);
    expect(answerSchema(z.unknown()).safeParse(late).success).toBe(true);
  });
});
