import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, openStream } from './api.ts';

const input = { id: crypto.randomUUID() };
const batch = { type: 'batch', sequence: 0, batch: { begin: null, nodes: [] } };

/** Lets every promise that is ready settle. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

let send: (message: unknown) => void;
let told: string[];

beforeEach(() => {
  told = [];
  // The preload's end of a port; only Electron has a real one.
  const openStream = (_name: string, _id: string, _input: unknown, onMessage: (message: unknown) => void) => {
    send = onMessage;
    return {
      ack: (sequence: number) => told.push(`ack ${sequence}`),
      cancel: () => told.push('cancel'),
    };
  };
  vi.stubGlobal('window', { api: { openStream } });
});

describe('a stream in the page', () => {
  it('asks for the next batch when the last one was taken', async () => {
    let taken: () => void = () => undefined;
    const onBatch = () => new Promise<void>((resolve) => (taken = resolve));
    openStream('schema.names', input, { onBatch, onEnd: () => told.push('end'), onError: () => undefined });
    send(batch);
    await settle();
    expect(told).toEqual([]);
    taken();
    await settle();
    send({ type: 'end', complete: true });
    expect(told).toEqual(['ack 0', 'end']);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no room'))],
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
  ])(
    'is cancelled at once when taking a batch %s, and the error reaches the caller, once',
    async (_how, onBatch) => {
      const errors: unknown[] = [];
      openStream('schema.names', input, {
        onBatch,
        onEnd: () => told.push('end'),
        onError: (error) => errors.push(error),
      });
      send(batch);
      await settle();
      send(batch);
      send({ type: 'end', complete: true });
      await settle();
      expect(told).toEqual(['cancel']);
      expect(errors).toEqual([new Error('no room')]);
      expect(errors[0]).not.toBeInstanceOf(ApiError);
    },
  );
});
