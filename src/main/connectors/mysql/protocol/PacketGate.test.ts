import { beforeEach, describe, expect, it } from 'vitest';
import { packetsOf } from './commandPackets.ts';
import { PacketGate } from './PacketGate.ts';

const longestPacket = 0xff_ff_ff;

let taken: Buffer[];
let gate: PacketGate;

beforeEach(() => {
  taken = [];
  gate = new PacketGate({ take: (bytes, start, end) => taken.push(Buffer.from(bytes.subarray(start, end))) });
});

const texts = () => taken.map(String);
const packet = (text: string, sequence: number) => packetsOf(Buffer.from(text), sequence);

describe('PacketGate', () => {
  it('passes packets on whole, however they arrive', () => {
    const bytes = Buffer.concat([packet('one', 0), packet('', 1), packet('three', 2)]);
    for (const byte of bytes) gate.accept(Buffer.from([byte]));
    expect(texts()).toEqual(['one', '', 'three']);
  });

  it('passes several packets of one chunk on, and keeps the rest', () => {
    const bytes = Buffer.concat([packet('one', 0), packet('two', 1), packet('three', 2)]);
    gate.accept(bytes.subarray(0, bytes.length - 2));
    expect(texts()).toEqual(['one', 'two']);
    gate.accept(bytes.subarray(bytes.length - 2));
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it.each([longestPacket - 1, longestPacket, longestPacket + 1, 2 * longestPacket])(
    'joins a payload of %i bytes',
    (length) => {
      gate.letIn();
      gate.accept(packetsOf(Buffer.alloc(length, 'a'), 0));
      expect(taken.map((bytes) => bytes.length)).toEqual([length]);
    },
  );

  it('counts the numbers of packets from 255 on to 0', () => {
    gate.expect(255);
    gate.accept(Buffer.concat([packet('a', 255), packet('b', 0)]));
    expect(texts()).toEqual(['a', 'b']);
  });

  it('refuses a packet out of order', () => {
    expect(() => gate.accept(packet('one', 1))).toThrowError(expect.objectContaining({ kind: 'protocol' }));
  });

  it('takes any number where nothing was asked for', () => {
    gate.expect(null);
    gate.accept(packet('bye', 7));
    expect(texts()).toEqual(['bye']);
  });

  it('refuses a long packet before the log-in as soon as its length is there', () => {
    expect(() => gate.accept(Buffer.from([0, 0, 2, 0]))).toThrowError(
      expect.objectContaining({ kind: 'too-large' }),
    );
  });

  it('refuses a payload that never ends', () => {
    gate.letIn();
    const part = Buffer.alloc(longestPacket);
    const goesOn = (sequence: number) => Buffer.concat([Buffer.from([0xff, 0xff, 0xff, sequence]), part]);
    const endless = () => {
      for (let sequence = 0; sequence < 20; sequence += 1) gate.accept(goesOn(sequence));
    };
    expect(endless).toThrowError(expect.objectContaining({ kind: 'too-large' }));
    expect(taken).toEqual([]);
  });
});
