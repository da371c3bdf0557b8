import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { someFields } from '../../../tests/support/dataSources.ts';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { MemoryIpc, memoryFrame } from '../../../tests/support/MemoryIpc.ts';
import { callNames, cancelChannel, channelOf } from '../../shared/ipc/contract.ts';
import { type Answer, answerSchema } from '../../shared/ipc/envelope.ts';
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

let ipc: MemoryIpc;
let clock: FakeClock;
let handlers: Record<string, (input: unknown, context: CallContext) => unknown>;
let logged: unknown[][];

beforeEach(() => {
  ipc = new MemoryIpc();
  clock = new FakeClock();
  handlers = {};
  logged = [];
});

function start(callHandlers: Promise<unknown> = Promise.resolve(handlers)): IpcServer {
  const streamHandlers = {} as StreamHandlers;
  const record = (...line: unknown[]) => void logged.push(line);
  const logger: Logger = { ...silentLogger, error: record, warn: record, info: record };
  return new IpcServer({
    transport: ipc,
    trustedContents: () => ({ id: 1, mainFrame }),
    trustedOrigin: origin,
    handlers: callHandlers.then((given) => ({ callHandlers: given as CallHandlers, streamHandlers })),
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
      return [];
    };
    start();
    expect(await call('dataSources.list', null, callId)).toEqual({ ok: true, value: [] });
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
    ['two arguments', [{ callId: id, input: { id } }, null]],
    ['no envelope', [null]],
    ['an id that is no UUID', [{ callId: 'me', input: { id } }]],
    ['a key too many in the envelope', [{ callId: id, input: { id }, sender: 1 }]],
    ['a key too many in the input', [{ callId: id, input: { id, isAdmin: true } }]],
    ['an input of the wrong type', [{ callId: id, input: { id: 7 } }]],
    ['an input that is missing', [{ callId: id }]],
  ])('refuses a call with %s and touches no handler', async (_what, args) => {
    handlers['dataSources.connect'] = () => expect.unreachable();
    start();
    const answer = await ipc.invoke('mooring.call.dataSources.connect', windowEvent, ...args);
    expect(codeOf(answer as Answer<unknown>)).toBe('INVALID_INPUT');
  });

  it('names the wrong fields but never repeats their values', async () => {
    start();
    const password = { type: 'typed', value: 'canary\0secret' };
    const answer = await call('dataSources.save', { id: null, fields: someFields(), password });
    expect(JSON.stringify(answer)).toContain('password.value');
    expect(JSON.stringify([answer, logged])).not.toContain('canary');
  });

  it('refuses what is larger than the channel accepts', async () => {
    start();
    const answer = await call('app.copyText', { text: 'x'.repeat(300 * 1024) });
    expect(codeOf(answer)).toBe('TOO_LARGE');
  });

  it('slows a page in a loop down without touching other channels', async () => {
    handlers['app.info'] = () => expect.unreachable();
    handlers['dataSources.list'] = () => [];
    start();
    const codes: string[] = [];
    for (let count = 0; count < 500; count += 1) codes.push(codeOf(await call('app.info', 'not null')));
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(100);
    expect(codeOf(await call('dataSources.list', null))).toBe('OK');
    await clock.advance(1_000);
    expect(codeOf(await call('app.info', 'not null'))).toBe('INVALID_INPUT');
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
    const expected = await call('dataSources.connect', { id }, callId);
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

  it('leaves an audit line for an audited call', async () => {
    handlers['dataSources.remove'] = () => null;
    start();
    await call('dataSources.remove', { id });
    expect(logged).toContainEqual([
      'Call answered',
      { call: 'dataSources.remove', code: 'OK', durationMs: 0, audit: true },
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

describe('IpcServer, cancelling', () => {
  const cancel = (callId: unknown, event = windowEvent) => ipc.send(cancelChannel, event, { callId });

  it('cancels call A and leaves call B of the same method running', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    const server = start();
    const [a, b] = [randomUUID(), randomUUID()];
    const answers: Record<string, string> = {};
    void call('dataSources.connect', { id }, a).then((answer) =>
      Object.assign(answers, { a: codeOf(answer) }),
    );
    void call('dataSources.connect', { id }, b).then((answer) =>
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
    void call('dataSources.connect', { id }, callId).then(() => {
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
    const first = call('dataSources.connect', { id }, callId);
    await settle();
    expect(codeOf(await call('dataSources.connect', { id }, callId))).toBe('INVALID_INPUT');
    cancel(callId);
    await first;
    handlers['dataSources.connect'] = () => null;
    expect(codeOf(await call('dataSources.connect', { id }, callId))).toBe('OK');
  });

  it('ends what runs and refuses what comes when the app closes, in the shape of every answer', async () => {
    handlers['dataSources.connect'] = untilCancelled;
    const server = start();
    const running = call('dataSources.connect', { id });
    await settle();
    server.close();
    const late = await call('dataSources.list', null);
    expect([codeOf(await running), codeOf(late)]).toEqual(['SHUTTING_DOWN', 'SHUTTING_DOWN']);
    expect(answerSchema(z.unknown()).safeParse(late).success).toBe(true);
  });
});
