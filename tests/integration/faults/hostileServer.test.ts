import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { failureOf } from '../../support/failureOf.ts';
import * as fake from '../../support/fakePostgres.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { ManagerUnderTest, type UnderTestOptions } from '../../support/faults/ManagerUnderTest.ts';

const secret = 'TOP-SECRET-4711';
/** A minute of the product is 0.6 s; time for every retry it might think of. */
const clock = fastClock(100);
const untilRetriesWouldHaveCome = () => new Promise<void>((resolve) => clock.after(60_000, resolve));

let server: fake.FakePostgres;
let source: ManagerUnderTest;

afterEach(async () => {
  await source.dispose();
  await server.dispose();
});

type Script = Parameters<typeof fake.FakePostgres.start>[0];

async function against(script: Script, options: Partial<UnderTestOptions> = {}): Promise<void> {
  server = await fake.FakePostgres.start(script);
  const timeouts = { connectMs: 300_000 };
  source = new ManagerUnderTest(server, { password: secret, clock, timeouts, ...options });
}

const answering =
  (...answers: readonly Buffer[]): Script =>
  async (peer) => {
    await peer.untilStartup();
    peer.send(...answers);
  };

const encrypted = { fields: { tls: { mode: 'encrypt', caPem: null } } } as const;

describe('a server that nobody should log in to', () => {
  const cases: readonly {
    readonly what: string;
    readonly row: number;
    readonly script: Script;
    readonly options?: Partial<UnderTestOptions>;
    readonly code: string;
    readonly title: RegExp;
  }[] = [
    {
      what: 'asks for the password in clear text',
      row: 13,
      script: answering(fake.cleartextRequest),
      code: 'AUTH_METHOD_REFUSED',
      title: /password|log/i,
    },
    {
      what: 'declines TLS',
      row: 14,
      script: async (peer) => {
        await peer.untilReceived(8);
        peer.send(Buffer.from('N'));
      },
      options: encrypted,
      code: 'TLS_NOT_SUPPORTED',
      title: /TLS|encrypt/i,
    },
    {
      what: 'is a web server',
      row: 16,
      script: answering(Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
      code: 'PROTOCOL_ERROR',
      title: /is a web server \(HTTP\), not a PostgreSQL server/,
    },
    {
      what: 'sends a message of length 0',
      row: 16,
      script: answering(fake.message('R', fake.int32(0), 0)),
      code: 'PROTOCOL_ERROR',
      title: /is not a PostgreSQL server/,
    },
    {
      what: 'announces a message of 2 GB',
      row: 16,
      script: answering(fake.message('R', fake.int32(0), 2 ** 31)),
      code: 'PROTOCOL_ERROR',
      title: /is not a PostgreSQL server/,
    },
  ];

  it.each(cases)(
    'because it $what is left alone after one try (row $row)',
    async ({ script, options, code, title }) => {
      await against(script, options);
      const failure = await failureOf(source.connect());
      expect(failure).toMatchObject({ code, retryable: false });
      expect(failure.message).toMatch(title);
      expect(source.state).toMatchObject({ status: 'failed', reason: { code } });
      await untilRetriesWouldHaveCome();
      expect(server.peers).toHaveLength(1);
      expect(server.peers.some((peer) => peer.received.includes(secret))).toBe(false);
    },
  );
});

describe('a server that is too slow to be one', () => {
  it('and drips its answer is given up at the connect deadline, and waited for (row 16)', async () => {
    await against(
      async (peer) => {
        await peer.untilStartup();
        for (const byte of fake.welcome) {
          if (peer.socket.destroyed) return;
          peer.send(Buffer.of(byte));
          await new Promise<void>((resolve) => clock.after(20_000, resolve));
        }
      },
      { timeouts: { connectMs: 60_000 } },
    );
    expect(await failureOf(source.connect())).toMatchObject({ code: 'CONNECT_TIMEOUT', retryable: true });
    expect(source.state.status).toBe('reconnecting');
  });
});

describe('a server that loses its mind in the middle of a statement', () => {
  let statements: string[];
  beforeEach(() => {
    statements = [];
  });

  /** Lets everybody in; answers the first statement of the first peer with noise and all others well. */
  const sane: Script = async (peer) => {
    await peer.untilStartup();
    let known = peer.received.length;
    peer.send(fake.welcome);
    for (;;) {
      await peer.untilReceived(known + 1);
      if (peer.socket.destroyed) return;
      const text = peer.received.subarray(known).toString('latin1');
      known = peer.received.length;
      const statement = /insert into [a-z]+/.exec(text)?.[0];
      if (statement !== undefined) statements.push(statement);
      if (statement !== undefined && statements.length === 1) {
        peer.send(Buffer.alloc(512, 0xff));
        return;
      }
      const answer = statement === undefined ? fake.message('I') : fake.commandComplete('INSERT 0 1');
      peer.send(fake.parsedAndBound, answer, fake.readyForQuery);
    }
  };

  it('loses that session; the statement is not sent again and the next one has a new session (row 16)', async () => {
    await against(sane, { pool: { min: 0 } });
    expect((await failureOf(source.run('insert into first'))).code).toBe('PROTOCOL_ERROR');
    await source.manager.withConnection(source.id, neverAborted, (connection) =>
      requireSql(connection).query({ text: 'insert into second' }, { signal: neverAborted }),
    );
    expect(statements).toEqual(['insert into first', 'insert into second']);
    expect(source.state.status).toBe('ready');
  });
});
