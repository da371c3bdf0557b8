import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageGate } from './MessageGate.ts';
import { WireFailure } from './WireFailure.ts';

const strict = { md5: false, cleartext: false };

/** Type, length and body of one message. */
function message(type: string, ...body: readonly (string | number[])[]): Buffer {
  const content = Buffer.concat(body.map((part) => Buffer.from(part as string)));
  const header = Buffer.alloc(5);
  header.write(type, 'latin1');
  header.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([header, content]);
}

const welcome = Buffer.concat([
  message('R', [0, 0, 0, 0]),
  message('S', 'server_version\0', '18.4\0'),
  message('K', [0, 0, 0, 7, 0, 0, 0, 9]),
  message('Z', 'I'),
]);
const column = [...Buffer.from('a\0'), ...Buffer.alloc(18)];
const answer = Buffer.concat([
  message('1'),
  message('2'),
  message('T', [0, 1], column),
  message('D', [0, 1], [0, 0, 0, 3], 'abc'),
  message('D', [0, 1], [255, 255, 255, 255]),
  message('C', 'SELECT 2\0'),
  message('Z', 'I'),
]);
const conversation = Buffer.concat([welcome, answer]);

/** What comes through when these chunks arrive one after another. */
function through(gate: MessageGate, chunks: readonly Buffer[]): Buffer {
  return Buffer.concat(chunks.map((chunk) => gate.accept(chunk) ?? Buffer.alloc(0)));
}

/** Cuts bytes at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ordered = [0, ...[...places].sort((left, right) => left - right), bytes.length];
  return ordered.slice(1).map((end, index) => bytes.subarray(ordered[index], end));
}

describe('MessageGate', () => {
  it('lets an honest conversation through unchanged, however the network cuts it', () => {
    const places = fc.array(fc.nat({ max: conversation.length }), { maxLength: 30 });
    fc.assert(
      fc.property(places, (at) => {
        expect(through(new MessageGate(strict), cut(conversation, at)).equals(conversation)).toBe(true);
      }),
    );
  });

  it('lets only whole messages through', () => {
    const gate = new MessageGate(strict);
    expect(gate.accept(welcome.subarray(0, 12))).toEqual(welcome.subarray(0, 9));
  });

  it('answers any bytes with messages or with a WireFailure, and never hangs', () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(noise, fc.nat({ max: conversation.length }), fc.nat({ max: 40 }), (bytes, place, keep) => {
        const damaged = Buffer.concat([
          conversation.subarray(0, place),
          bytes,
          conversation.subarray(place + keep),
        ]);
        const gate = new MessageGate(strict);
        try {
          through(gate, cut(damaged, [place, place + 3]));
        } catch (error) {
          expect(error).toBeInstanceOf(WireFailure);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses a large message by its header, before its bytes have come', () => {
    const gate = new MessageGate(strict);
    gate.accept(welcome);
    const header = Buffer.from([0x44, 0x04, 0, 0, 1]);
    expect(() => gate.accept(header)).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });

  it('allows clear text and MD5 only where the policy does', () => {
    const cleartext = message('R', [0, 0, 0, 3]);
    const md5 = message('R', [0, 0, 0, 5], 'salt');
    const lenient = new MessageGate({ md5: true, cleartext: true });
    expect(through(lenient, [cleartext, md5])).toEqual(Buffer.concat([cleartext, md5]));
    for (const request of [cleartext, md5]) {
      const refusal = expect.objectContaining({ kind: 'authentication-method' });
      expect(() => new MessageGate(strict).accept(request)).toThrow(refusal);
    }
  });
});
