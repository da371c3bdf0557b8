import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { MessageGate } from './MessageGate.ts';

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

/** A gate, and the messages that have come through it, in one piece. */
function openGate() {
  const passed: Buffer[] = [];
  const gate = new MessageGate({
    take: (_type, bytes, start, end) => passed.push(bytes.subarray(start - 5, end)),
  });
  return { gate, passed: () => Buffer.concat(passed) };
}

/** What comes through when these chunks arrive one after another. */
function through(chunks: readonly Buffer[]): Buffer {
  const { gate, passed } = openGate();
  for (const chunk of chunks) gate.accept(chunk);
  return passed();
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
        expect(through(cut(conversation, at)).equals(conversation)).toBe(true);
      }),
    );
  });

  it('lets only whole messages through', () => {
    expect(through([welcome.subarray(0, 12)])).toEqual(welcome.subarray(0, 9));
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
        try {
          through(cut(damaged, [place, place + 3]));
        } catch (error) {
          expect(error).toBeInstanceOf(WireFailure);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses a large message by its header, before its bytes have come', () => {
    const { gate } = openGate();
    gate.accept(welcome);
    gate.letIn();
    const header = Buffer.from([0x44, 0x04, 0, 0, 1]);
    expect(() => gate.accept(header)).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });

  it('takes one for whoever hands it on, once the server has let us in', () => {
    const header = Buffer.from([0x44, 0x04, 0, 0, 1]);
    const gate = new MessageGate({ take: () => undefined, isStreaming: true });
    gate.accept(welcome);
    expect(() => gate.accept(header)).toThrow(expect.objectContaining({ kind: 'too-large' }));
    const letIn = new MessageGate({ take: () => undefined, isStreaming: true });
    letIn.letIn();
    letIn.accept(Buffer.concat([welcome, header]));
  });

  it('takes no large message before the server has let us in', () => {
    const { gate } = openGate();
    gate.accept(welcome);
    const header = Buffer.from([0x4e, 0, 4, 0, 1]);
    expect(() => gate.accept(header)).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });

  it.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'a web server (HTTP)'],
    ['<html><body>Bad request', 'a web server (HTTP)'],
    [
      '\x15\x03\x01\0\x02\x02\x32',
      'a server that expects TLS from the first byte, such as a web server (HTTPS)',
    ],
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'an SSH server'],
    ['220 mail.example.com ESMTP Postfix\r\n', 'a mail server (SMTP)'],
    ['220 ProFTPD Server (Debian) FTP\r\n', 'an FTP server'],
    ['220 ready\r\n', 'a mail or FTP server'],
    ['* OK [CAPABILITY IMAP4rev1] ready\r\n', 'a mail server (IMAP)'],
    ['+OK POP3 ready\r\n', 'a mail server (POP3)'],
    ['-DENIED Redis is running in protected mode', 'a Redis server'],
    ["-ERR unknown command '\r\n", 'a Redis or mail server'],
    ['J\0\0\0\n8.0.36\0\x08\0\0\0abcdefgh\0', 'a MySQL or MariaDB server'],
    ['I\0\0\0\n9.7.0\0\x08\0\0\0abcdefgh\0', 'a MySQL or MariaDB server'],
    ['n\0\0\0\n5.5.5-10.11.6-MariaDB-0+deb12u1\0', 'a MySQL or MariaDB server'],
    ["E\0\0\0\xffj\x04Host '10.0.0.1' is not allowed to connect", 'a MySQL or MariaDB server'],
  ])('names the service that begins with %j', (greeting, service) => {
    expect(() => openGate().gate.accept(Buffer.from(greeting, 'latin1'))).toThrow(
      expect.objectContaining({ kind: 'protocol', service }),
    );
  });
});
