import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import { packetsOf } from './commandPackets.ts';
import { PacketConnection } from './PacketConnection.ts';

const nextTurn = () => new Promise(setImmediate);
const quarterMegabyte = 256 * 1024;

let stream: PassThrough;
let lengths: number[];
let connection: PacketConnection;

beforeEach(() => {
  stream = new PassThrough();
  lengths = [];
  const reader = { take: (_: Buffer, start: number, end: number) => lengths.push(end - start) };
  connection = new PacketConnection(stream, reader, new ReadingTurn(), 0);
  connection.handOver(reader, false);
});

const chunk = () => packetsOf(Buffer.alloc(quarterMegabyte), 0);

describe('PacketConnection', () => {
  it('lets others have their turn after its share, and then goes on', async () => {
    stream.emit('data', chunk());
    expect(stream.isPaused()).toBe(true);
    await nextTurn();
    expect(stream.isPaused()).toBe(false);
  });

  it('is not read while the consumer has enough, whatever the turns are', async () => {
    connection.pause();
    stream.emit('data', chunk());
    await nextTurn();
    expect(stream.isPaused()).toBe(true);
    connection.resume();
    expect(stream.isPaused()).toBe(false);
  });

  it('waits for its turn although the consumer wants more', async () => {
    connection.pause();
    stream.emit('data', chunk());
    connection.resume();
    expect(stream.isPaused()).toBe(true);
    await nextTurn();
    expect(stream.isPaused()).toBe(false);
  });

  it('reports the first failure only, and drops the socket', () => {
    const errors: unknown[] = [];
    connection.on('error', (error) => errors.push(error));
    const first = new Error('first');
    connection.fail(first);
    connection.fail(new Error('second'));
    stream.emit('data', chunk());
    expect([errors, connection.failure, stream.destroyed, lengths]).toEqual([[first], first, true, []]);
  });

  it('does not throw when nobody listens for failures', () => {
    expect(() => connection.fail(new Error('unheard'))).not.toThrow();
  });

  it('fails by what the reader throws', () => {
    const broken = new Error('broken');
    const strict = () => {
      throw broken;
    };
    connection.handOver({ take: strict }, false);
    stream.emit('data', packetsOf(Buffer.from('x'), 0));
    expect(connection.failure).toBe(broken);
  });
});
