import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { failureOf } from '../../../support/failureOf.ts';
import * as fake from '../../../support/fakePostgres.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const secret = 'TOP-SECRET-4711';
const quiet = { signal: neverAborted };
let server: fake.FakePostgres | null = null;

afterEach(async () => {
  await server?.dispose();
  server = null;
});

/** A server that answers the startup message with these bytes. */
async function answering(...answers: readonly Buffer[]): Promise<fake.FakePostgres> {
  server = await fake.FakePostgres.start(async (peer) => {
    await peer.untilStartup();
    peer.send(...answers);
  });
  return server;
}

/** A server that lets everybody in and answers the first statement with these bytes. */
async function answeringStatement(...answers: readonly Buffer[]): Promise<SqlConnection> {
  server = await fake.FakePostgres.start(async (peer) => {
    await peer.untilStartup();
    const startupLength = peer.received.length;
    peer.send(fake.welcome);
    await peer.untilReceived(startupLength + 1);
    peer.send(...answers);
  });
  return openSession(fieldsFor(server), { password: secret });
}

/** A server that sends a SCRAM challenge with so many iterations. */
async function challenging(iterations: number): Promise<fake.FakePostgres> {
  server = await fake.FakePostgres.start(async (peer) => {
    await peer.untilStartup();
    const before = peer.received.length;
    peer.send(fake.message('R', Buffer.concat([fake.int32(10), fake.texts('SCRAM-SHA-256', '')])));
    await peer.untilReceived(before + 1);
    const nonce = /r=([^,]+)$/.exec(peer.received.toString('latin1'))?.[1] ?? '';
    const first = `r=${nonce}server,s=${Buffer.from('salt').toString('base64')},i=${iterations}`;
    peer.send(fake.message('R', Buffer.concat([fake.int32(11), Buffer.from(first)])));
  });
  return server;
}

const connectTo = (to: fake.FakePostgres, overrides: Parameters<typeof fieldsFor>[1] = {}) =>
  openSession(fieldsFor(to, overrides), { password: secret });

/** Not the beginning of any protocol. */
const garbage = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 73 + 41) % 256));

describe('a server that is not a PostgreSQL server', () => {
  it.each([
    {
      what: 'a web server',
      answer: Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
      words: 'is a web server (HTTP), not a PostgreSQL server',
    },
    {
      what: 'an SSH server',
      answer: Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'),
      words: 'is an SSH server, not a PostgreSQL server',
    },
    { what: 'noise', answer: garbage, words: 'is not a PostgreSQL server' },
  ])('is named when it is $what, with and without TLS', async ({ answer, words }) => {
    for (const mode of ['disable', 'encrypt'] as const) {
      const to = await answering(answer);
      const failure = await failureOf(connectTo(to, { tls: { mode, caPem: null } }));
      expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR', retryable: false });
      expect(failure.message).toContain(`127.0.0.1, port ${to.port} ${words}`);
      await to.dispose();
    }
  });
});

describe('a server that breaks the protocol while we log in', () => {
  it.each([
    { what: 'a message of length 0', answer: fake.message('R', fake.int32(0), 0) },
    { what: 'a message of length 3', answer: fake.message('R', fake.int32(0), 3) },
    { what: 'a message of 2 GB', answer: fake.message('R', fake.int32(0), 2 ** 31) },
    { what: 'a message of 4 GB', answer: fake.message('R', fake.int32(0), 2 ** 32 - 1) },
    { what: 'more than 256 KB at once', answer: fake.message('S', fake.texts('a', 'b'.repeat(300_000))) },
    { what: 'an error without an end', answer: fake.message('E', fake.texts('SFATAL', 'C28P01')) },
    { what: 'an empty error', answer: fake.message('E') },
    { what: 'a cut authentication request', answer: fake.message('R', Buffer.from([0, 0])) },
    { what: 'a clear-text request of odd length', answer: fake.message('R', fake.int32(3, 0)) },
    {
      what: 'mechanisms without an end',
      answer: fake.message('R', Buffer.concat([fake.int32(10), Buffer.from('SCRAM')])),
    },
    {
      what: 'a key of odd length',
      answer: Buffer.concat([fake.authenticationOk, fake.message('K', fake.int32(1))]),
    },
    { what: 'readiness before it let us in', answer: fake.readyForQuery },
    {
      what: 'a second authentication',
      answer: Buffer.concat([fake.authenticationOk, fake.cleartextRequest]),
    },
    { what: 'an unknown message', answer: fake.message('!', fake.int32(1)) },
    {
      what: 'an unknown status',
      answer: Buffer.concat([fake.authenticationOk, fake.message('Z', Buffer.from('?'))]),
    },
    { what: 'a parameter without an end', answer: fake.message('S', Buffer.from('server_version')) },
  ])('with $what is refused', async ({ answer }) => {
    const failure = await failureOf(connectTo(await answering(answer)));
    expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR', retryable: false });
  });

  it('and hangs up without a word is explained', async () => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.socket.end();
    });
    expect(await failureOf(connectTo(server))).toMatchObject({ code: 'CONNECTION_RESET', retryable: true });
  });

  it('and resets the connection is explained', async () => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.socket.resetAndDestroy();
    });
    expect(await failureOf(connectTo(server))).toMatchObject({
      code: 'CONNECTION_RESET',
      driverCode: 'ECONNRESET',
    });
  });

  it('with an SQLSTATE that means starting up is worth another try', async () => {
    const to = await answering(fake.errorResponse('57P03', 'the database system is starting up'));
    expect(await failureOf(connectTo(to))).toMatchObject({ code: 'SERVER_STARTING', retryable: true });
  });
});

describe('a server that is after the password', () => {
  it('by asking for it in clear text does not get it', async () => {
    const to = await answering(fake.cleartextRequest);
    expect((await failureOf(connectTo(to))).code).toBe('AUTH_METHOD_REFUSED');
    expect(to.peers[0]?.received.includes(secret)).toBe(false);
  });

  it('by asking again after it let us in does not get it', async () => {
    const session = await answeringStatement(fake.cleartextRequest);
    expect((await failureOf(session.query({ text: 'SELECT 1' }, quiet))).code).toBe('PROTOCOL_ERROR');
    expect(server?.peers[0]?.received.includes(secret)).toBe(false);
  });

  it('by skipping its own proof in SCRAM is not believed', async () => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.send(fake.message('R', Buffer.concat([fake.int32(10), fake.texts('SCRAM-SHA-256', '')])));
      await peer.untilReceived(peer.received.length + 1);
      peer.send(fake.welcome);
    });
    expect((await failureOf(connectTo(server))).code).toBe('PROTOCOL_ERROR');
  });

  it.each([
    { iterations: 1, title: 'The server asks for a SCRAM log-in that does not protect the password' },
    { iterations: 4_095, title: 'The server asks for a SCRAM log-in that does not protect the password' },
    { iterations: 2_000_001, title: 'The server asks for more SCRAM iterations than Mooring accepts' },
    { iterations: 2_000_000_000, title: 'The server asks for more SCRAM iterations than Mooring accepts' },
  ])('by asking for $iterations SCRAM iterations gets no proof', async ({ iterations, title }) => {
    const to = await challenging(iterations);
    const failure = await failureOf(connectTo(to));
    expect(failure).toMatchObject({ code: 'AUTH_METHOD_REFUSED', message: title, retryable: false });
    expect(failure.detail).toContain(iterations.toLocaleString('en'));
    expect(to.peers[0]?.received.includes(',p=')).toBe(false);
  });

  it('by offering only mechanisms that we do not have is explained', async () => {
    const to = await answering(
      fake.message('R', Buffer.concat([fake.int32(10), fake.texts('OAUTHBEARER', '')])),
    );
    expect((await failureOf(connectTo(to))).code).toBe('AUTH_METHOD_REFUSED');
  });

  it('cannot have it shown in an error text, nor steer the terminal of who reads the log', async () => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.send(fake.md5Request);
      await peer.untilReceived(peer.received.length + 1);
      peer.send(fake.errorResponse('28P01', `\u001b[31mbad\u001b[0m \u202epassword ${secret}\u0007`));
    });
    const failure = await failureOf(connectTo(server));
    expect(failure.detail).toBe('bad password •••');
    expect(failure.cause).toBeUndefined();
  });
});

describe('a server asked for TLS', () => {
  const encrypt = { tls: { mode: 'encrypt', caPem: null } } as const;

  it.each([
    { what: 'declines', answer: 'N', code: 'TLS_NOT_SUPPORTED' },
    { what: 'answers with something else', answer: 'E', code: 'PROTOCOL_ERROR' },
    { what: 'slips in bytes before the handshake', answer: 'SZ\0\0\0\u0005I', code: 'PROTOCOL_ERROR' },
    { what: 'agrees and then speaks in clear text', answer: 'S', code: 'TLS_FAILED' },
  ])('that $what gets no byte of the startup message', async ({ answer, code }) => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilReceived(8);
      peer.send(Buffer.from(answer, 'latin1'));
      if (answer !== 'S') return;
      await peer.untilReceived(9);
      peer.send(fake.welcome);
    });
    expect((await failureOf(connectTo(server, encrypt))).code).toBe(code);
    expect(server.peers[0]?.received.includes('postgres')).toBe(false);
  });
});

describe('a server that breaks the protocol in answer to a statement', () => {
  const two = fake.rowDescription('a', 'b');
  it.each([
    { what: 'a row with too many cells', answer: [two, fake.dataRow('1', '2', '3')] },
    { what: 'a row with too few cells', answer: [two, fake.dataRow('1')] },
    { what: 'a row before its description', answer: [fake.dataRow('1')] },
    {
      what: 'a cell longer than its row',
      answer: [two, fake.message('D', Buffer.concat([fake.int16(2), fake.int32(99, 0)]))],
    },
    {
      what: 'a value with a negative length',
      answer: [two, fake.message('D', Buffer.concat([fake.int16(2), fake.int32(-7, -1)]))],
    },
    { what: 'a negative count of cells', answer: [two, fake.message('D', fake.int16(-1))] },
    { what: 'a negative count of columns', answer: [fake.message('T', fake.int16(-1))] },
    {
      what: 'more columns than it describes',
      answer: [fake.message('T', Buffer.concat([fake.int16(9), two.subarray(7)]))],
    },
    { what: 'a tag without an end', answer: [fake.message('C', Buffer.from('SELECT 1'))] },
    { what: 'a notice without an end', answer: [fake.message('N', fake.texts('SNOTICE'))] },
    { what: 'noise', answer: [garbage] },
  ])('with $what loses the session and nothing else', async ({ answer }) => {
    const session = await answeringStatement(fake.parsedAndBound, ...answer);
    const closed = new Promise((resolve) => session.onClosed(resolve));
    expect((await failureOf(session.query({ text: 'SELECT 1' }, quiet))).code).toBe('PROTOCOL_ERROR');
    expect(await closed).toMatchObject({ code: 'PROTOCOL_ERROR' });
    expect(session.isUsable).toBe(false);
  });

  it('by answering twice loses the session, whose next statement would get the wrong answer', async () => {
    const once = [fake.parsedAndBound, fake.commandComplete('BEGIN'), fake.readyForQuery];
    const session = await answeringStatement(...once, ...once);
    const closed = new Promise((resolve) => session.onClosed(resolve));
    await session.query({ text: 'BEGIN' }, quiet);
    expect(await closed).toMatchObject({ code: 'PROTOCOL_ERROR' });
  });

  it.each(['57P01', '57P02', '25P03'])(
    'by ending the session with %s is believed, however serious it calls it',
    async (code) => {
      const session = await answeringStatement(
        fake.errorResponse(code, 'goodbye', 'ERROR'),
        fake.readyForQuery,
      );
      const failure = await failureOf(session.query({ text: 'SELECT 1' }, quiet));
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: code, retryable: false });
      expect(session.isUsable).toBe(false);
    },
  );

  it('with a message of 65 MB is cut off before it is in memory', async () => {
    const session = await answeringStatement(
      fake.parsedAndBound,
      two,
      fake.message('D', Buffer.alloc(64), 65 * 2 ** 20),
    );
    expect((await failureOf(session.query({ text: 'SELECT 1' }, quiet))).code).toBe('TOO_LARGE');
  });

  it('by sending it one byte at a time is understood all the same', async () => {
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      const startupLength = peer.received.length;
      for (const byte of fake.welcome) peer.send(Buffer.of(byte));
      await peer.untilReceived(startupLength + 1);
      const answer = [
        fake.parsedAndBound,
        two,
        fake.dataRow('é', null),
        fake.commandComplete('SELECT 1'),
        fake.readyForQuery,
      ];
      for (const byte of Buffer.concat(answer)) {
        await new Promise((resolve) => peer.socket.write(Buffer.of(byte), resolve));
      }
    });
    const session = await openSession(fieldsFor(server), { password: null });
    expect(await session.query({ text: 'SELECT 1' }, quiet)).toMatchObject({
      rows: [['é', null]],
      rowCount: 1,
    });
    session.destroy();
  });

  it('with a flood of notices does not keep the answer from coming', async () => {
    const notice = fake.message(
      'N',
      Buffer.concat([fake.texts('SNOTICE', 'C00000', `M${'x'.repeat(200)}`), Buffer.alloc(1)]),
    );
    const flood = Buffer.concat(Array.from({ length: 20_000 }, () => notice));
    const answer = [two, fake.dataRow('1', '2'), fake.commandComplete('SELECT 1'), fake.readyForQuery];
    const session = await answeringStatement(fake.parsedAndBound, flood, ...answer);
    expect((await session.query({ text: 'SELECT 1' }, quiet)).rows).toEqual([['1', '2']]);
    session.destroy();
  });
});

describe('a server that never stops sending what nobody asked for', () => {
  const notice = fake.message('N', Buffer.alloc(1));
  const parameter = fake.message('S', fake.texts('TimeZone', 'UTC'));
  const notification = fake.message('A', Buffer.concat([fake.int32(1), fake.texts('channel', 'payload')]));

  /** Keeps the socket full until the client hangs up. */
  async function flood(peer: fake.FakePeer, bytes: Buffer): Promise<void> {
    while (!peer.socket.destroyed) {
      if (!peer.socket.write(bytes)) {
        await Promise.race([once(peer.socket, 'drain'), once(peer.socket, 'close')]).catch(() => undefined);
      }
    }
  }

  it.each([
    { what: 'notices', message: notice },
    { what: 'parameters', message: parameter },
    { what: 'notifications', message: notification },
  ])('loses an idle session with $what', async ({ message }) => {
    const bytes = Buffer.concat(Array.from({ length: 10_000 }, () => message));
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.send(fake.welcome);
      await flood(peer, bytes);
    });
    const session = await connectTo(server);
    const reason = await new Promise((resolve) => session.onClosed(resolve));
    expect(reason).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: 'The server sends too many unsolicited messages',
    });
  });

  it('while we log in is given up', async () => {
    const bytes = Buffer.concat(Array.from({ length: 10_000 }, () => notice));
    server = await fake.FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      await flood(peer, bytes);
    });
    const failure = await failureOf(connectTo(server));
    expect(failure).toMatchObject({ code: 'PROTOCOL_ERROR', retryable: false });
    expect(failure.message).toContain('too many unsolicited messages');
  });
});
