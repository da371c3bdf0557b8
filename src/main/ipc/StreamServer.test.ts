import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { MemoryIpc, MemoryPort, memoryFrame } from '../../../tests/support/MemoryIpc.ts';
import { cancelChannel, streamChannelOf } from '../../shared/ipc/channels.ts';
import type { NameBatch } from '../../shared/model/schemaTree.ts';
import { CallAudit } from '../audit/CallAudit.ts';
import { AppError } from '../base/AppError.ts';
import { silentLogger } from '../observability/Logger.ts';
import type { CallHandlers, StreamHandlers } from './handlerTypes.ts';
import { IpcServer } from './IpcServer.ts';

const origin = 'app://bundle';
const mainFrame = memoryFrame(origin);
const input = { id: randomUUID() };
const batchOf = (name: string): NameBatch => ({
  begin: { schemas: [{ name, comment: null, isSystem: false }], kinds: [] },
  nodes: [],
});

let ipc: MemoryIpc;
let clock: FakeClock;
let server: IpcServer;
let isLocked: boolean;
let port: MemoryPort;
/** What happened on the side of the names. */
let events: string[];

function start(names: StreamHandlers['schema.names']): void {
  server = new IpcServer({
    transport: ipc,
    trustedContents: () => ({ id: 1, mainFrame }),
    trustedOrigin: origin,
    handlers: async () => ({
      callHandlers: {} as CallHandlers,
      streamHandlers: { 'schema.names': names } as StreamHandlers,
    }),
    audit: new CallAudit({ trail: () => null, clock }),
    isLocked: () => isLocked,
    clock,
    logger: silentLogger,
  });
}

async function open(callId: string = randomUUID(), senderId = 1): Promise<void> {
  const event = { sender: { id: senderId }, senderFrame: mainFrame, ports: [port] };
  ipc.send(streamChannelOf('schema.names'), event, { callId, input });
  await settle();
}

const acknowledge = async (sequence: number): Promise<void> => {
  port.reply({ type: 'ack', sequence });
  await settle();
};

/** Endless names that say when they are asked for and when they are let go. */
const endless: StreamHandlers['schema.names'] = async function* (_input, { signal }) {
  signal.addEventListener('abort', () => events.push('aborted'));
  try {
    for (let count = 0; ; count += 1) {
      events.push(`asked ${count}`);
      yield batchOf(String(count));
    }
  } finally {
    events.push('closed');
  }
};

/** Names that do not come, from a server that never looks at the signal. */
const stuck: StreamHandlers['schema.names'] = async function* () {
  await new Promise(() => undefined);
  yield batchOf('never');
  return { complete: true };
};

beforeEach(() => {
  isLocked = false;
  ipc = new MemoryIpc();
  clock = new FakeClock();
  port = new MemoryPort();
  events = [];
});

const lastMessage = () => port.received.at(-1);

describe('IpcServer, streams', () => {
  it('sends the batches in order, says how it ended and closes', async () => {
    start(async function* () {
      yield batchOf('a');
      yield batchOf('b');
      return { complete: false };
    });
    await open();
    await acknowledge(0);
    await acknowledge(1);
    expect(port.received).toEqual([
      { type: 'batch', sequence: 0, batch: batchOf('a') },
      { type: 'batch', sequence: 1, batch: batchOf('b') },
      { type: 'end', complete: false },
    ]);
    expect(port.isClosed).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it('asks for nothing more until the window has taken the last batch', async () => {
    start(endless);
    await open();
    await clock.advance(60_000);
    expect(events).toEqual(['asked 0']);
    await acknowledge(0);
    expect(events).toEqual(['asked 0', 'asked 1']);
  });

  it.each([
    ['cancels', () => port.reply({ type: 'cancel' }), 'CANCELLED'],
    ['goes away', () => port.disconnect(), 'CANCELLED'],
    ['is closed or reloaded', () => server.abandon(1), 'CANCELLED'],
    ['is locked', () => server.lock(), 'APP_LOCKED'],
    ['sees the app quit', () => server.close(), 'SHUTTING_DOWN'],
    [
      'acknowledges a batch that was never sent',
      () => port.reply({ type: 'ack', sequence: 7 }),
      'INVALID_INPUT',
    ],
    ['sends something else', () => port.reply({ type: 'more' }), 'INVALID_INPUT'],
    ['sends too much', () => port.reply('x'.repeat(10_000)), 'TOO_LARGE'],
  ])('ends the query when the window %s', async (_how, act, code) => {
    start(endless);
    await open();
    act();
    await settle();
    expect(events).toEqual(['asked 0', 'aborted', 'closed']);
    expect(lastMessage()).toMatchObject({ type: 'error', error: { code } });
    expect(port.isClosed).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it('ends the query when the window acknowledges a batch twice', async () => {
    start(async function* () {
      yield batchOf('a');
      return await new Promise(() => undefined);
    });
    await open();
    await acknowledge(0);
    await acknowledge(0);
    expect(lastMessage()).toMatchObject({ type: 'error', error: { code: 'INVALID_INPUT' } });
  });

  it('cancels a stream by its call id, as any call', async () => {
    start(endless);
    const callId = randomUUID();
    await open(callId);
    const event = { sender: { id: 1 }, senderFrame: mainFrame, ports: [] };
    ipc.send(cancelChannel, event, { callId });
    await settle();
    expect(events).toContain('closed');
  });

  it('tells the window at once, although the server never answers the cancel', async () => {
    start(stuck);
    await open();
    port.reply({ type: 'cancel' });
    await settle();
    expect(lastMessage()).toMatchObject({ type: 'error', error: { code: 'CANCELLED' } });
  });

  it('gives the cursor back when the window reads nothing for five minutes', async () => {
    start(endless);
    await open();
    await clock.advance(5 * 60_000);
    expect(events).toEqual(['asked 0', 'aborted', 'closed']);
    expect(lastMessage()).toMatchObject({ type: 'error', error: { code: 'CANCELLED' } });
  });

  it('passes on why the names ended', async () => {
    start(async function* () {
      yield batchOf('a');
      throw new AppError('CONNECTION_LOST', { title: 'The server closed the connection' });
    });
    const callId = randomUUID();
    await open(callId);
    await acknowledge(0);
    expect(lastMessage()).toMatchObject({
      type: 'error',
      error: { code: 'CONNECTION_LOST', correlationId: callId },
    });
  });

  it('opens nothing while the window is locked', async () => {
    start(endless);
    isLocked = true;
    await open();
    expect(events).toEqual([]);
    expect(port.received).toMatchObject([{ type: 'error', error: { code: 'APP_LOCKED' } }]);
    expect(port.isClosed).toBe(true);
  });

  it('opens nothing once the app quits', async () => {
    start(endless);
    server.close();
    await open();
    expect(events).toEqual([]);
    expect(port.received).toMatchObject([{ type: 'error', error: { code: 'SHUTTING_DOWN' } }]);
  });

  it('frees the id of a stream that has ended', async () => {
    start(async function* () {
      yield batchOf('a');
      return { complete: true };
    });
    const callId = randomUUID();
    for (const _ of ['first', 'second']) {
      await open(callId);
      await acknowledge(0);
      expect(lastMessage()).toEqual({ type: 'end', complete: true });
    }
  });

  it('ignores a request without a port, and closes every port but the first', async () => {
    start(endless);
    const surplus = new MemoryPort();
    const event = { sender: { id: 1 }, senderFrame: mainFrame, ports: [port, surplus] };
    const request = { callId: randomUUID(), input };
    ipc.send(streamChannelOf('schema.names'), { ...event, ports: [] }, request);
    await settle();
    expect(events).toEqual([]);
    ipc.send(streamChannelOf('schema.names'), event, request);
    await settle();
    expect(events).toEqual(['asked 0']);
    expect([port.isClosed, surplus.isClosed]).toEqual([false, true]);
  });

  it('answers a foreign sender with a refusal and opens nothing', async () => {
    start(endless);
    await open(randomUUID(), 2);
    expect(events).toEqual([]);
    expect(port.received).toMatchObject([{ type: 'error', error: { code: 'FORBIDDEN_SENDER' } }]);
    expect(port.isClosed).toBe(true);
  });
});
