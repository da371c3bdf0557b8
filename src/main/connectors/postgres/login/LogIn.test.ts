import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import * as fake from '../../../../../tests/support/fakePostgres.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { MessageGate } from '../wire/MessageGate.ts';
import { LogIn, type LogInOptions } from './LogIn.ts';
import { LoginFailure } from './LoginFailure.ts';
import type { LoginMethod } from './loginMethods.ts';

interface Attempt {
  readonly gate: MessageGate;
  readonly sent: Buffer[];
  readonly events: string[];
  readonly failures: unknown[];
}

function attempt(options: Partial<LogInOptions> = {}): Attempt {
  const sent: Buffer[] = [];
  const events: string[] = [];
  const failures: unknown[] = [];
  const login = new LogIn({
    user: 'ann',
    password: () => Promise.resolve('pw'),
    policy: { md5: true, cleartext: true },
    strongest: null,
    binding: null,
    mustBind: false,
    send: (bytes) => sent.push(bytes),
    onAdmitted: ({ method }) => events.push(`admitted by ${method}`),
    onReady: ({ key, version }) => events.push(`ready ${key?.processId} ${version}`),
    onParameter: () => undefined,
    onFailure: (error) => failures.push(error),
    ...options,
  });
  return { gate: new MessageGate(login), sent, events, failures };
}

const request = (method: number, data: Buffer | string = ''): Buffer =>
  fake.message('R', Buffer.concat([fake.int32(method), Buffer.from(data)]));
const messages = {
  ok: request(0),
  cleartext: fake.cleartextRequest,
  md5: fake.md5Request,
  sasl: request(10, fake.texts('SCRAM-SHA-256', '')),
  challenge: request(11, 'r=x,s=c2FsdA==,i=4096'),
  proof: request(12, 'v=AAAA'),
  parameter: fake.message('S', fake.texts('server_version', '18.4')),
  key: fake.message('K', fake.int32(7, 9)),
  ready: fake.readyForQuery,
  notice: fake.message('N', Buffer.alloc(1)),
  notification: fake.message('A', Buffer.concat([fake.int32(1), fake.texts('c', 'p')])),
  parsed: fake.message('1'),
  bound: fake.message('2'),
  complete: fake.commandComplete('SELECT 1'),
  columns: fake.rowDescription(),
  row: fake.dataRow(),
  empty: fake.message('I'),
  noData: fake.message('n'),
  copyIn: fake.message('G', Buffer.from([0, 0, 0])),
  copyOut: fake.message('H', Buffer.from([0, 0, 0])),
  copyData: fake.message('d'),
  copyDone: fake.message('c'),
};
type Name = keyof typeof messages;
const outOfOrder = expect.objectContaining({
  kind: 'protocol',
  message: expect.stringMatching(/out of order/),
});

describe('LogIn', () => {
  it('lets itself be welcomed without a password, and reports key and version', () => {
    const { gate, events } = attempt();
    gate.accept(Buffer.concat([messages.ok, messages.parameter, messages.key, messages.ready]));
    expect(events).toEqual(['admitted by null', 'ready 7 18.4']);
  });

  it.each<{ name: string; sequence: readonly Name[] }>([
    { name: 'a challenge first', sequence: ['challenge'] },
    { name: 'a proof first', sequence: ['proof'] },
    { name: 'readiness first', sequence: ['ready'] },
    { name: 'a key first', sequence: ['key'] },
    { name: 'a parameter first', sequence: ['parameter'] },
    { name: 'a row first', sequence: ['row'] },
    { name: 'two welcomes', sequence: ['ok', 'ok'] },
    { name: 'a request for clear text after the welcome', sequence: ['ok', 'cleartext'] },
    { name: 'a request for MD5 after the welcome', sequence: ['ok', 'md5'] },
    { name: 'SASL after the welcome', sequence: ['ok', 'sasl'] },
    { name: 'a challenge after the welcome', sequence: ['ok', 'challenge'] },
    { name: 'a proof after the welcome', sequence: ['ok', 'proof'] },
    { name: 'two keys', sequence: ['ok', 'key', 'key'] },
    { name: 'COPY data unasked', sequence: ['ok', 'copyData'] },
    { name: 'a response to a statement', sequence: ['ok', 'complete'] },
    { name: 'a welcome before its proof', sequence: ['sasl', 'ok'] },
    { name: 'a proof before its challenge', sequence: ['sasl', 'proof'] },
    { name: 'two SASL requests', sequence: ['sasl', 'sasl'] },
    { name: 'a request for clear text in the middle of SCRAM', sequence: ['sasl', 'cleartext'] },
    { name: 'a welcome before the password was sent', sequence: ['cleartext', 'ok'] },
    { name: 'two requests for MD5', sequence: ['md5', 'md5'] },
    { name: 'a second challenge', sequence: ['sasl', 'challenge', 'challenge'] },
  ])('refuses $name, in words of ours', ({ sequence }) => {
    const { gate } = attempt();
    expect(() => gate.accept(Buffer.concat(sequence.map((name) => messages[name])))).toThrow(outOfOrder);
  });

  it('takes any sequence of valid messages to an end or to a failure of its own', async () => {
    const names = fc.array(fc.constantFrom(...(Object.keys(messages) as Name[])), { maxLength: 12 });
    const startsWell = fc.constantFrom<readonly Name[]>([], ['ok'], ['sasl'], ['ok', 'key'], ['md5']);
    await fc.assert(
      fc.asyncProperty(startsWell, names, async (start, rest) => {
        const { gate, events, failures } = attempt();
        try {
          for (const name of [...start, ...rest]) {
            if (events.length === 2) break;
            gate.accept(messages[name]);
            await Promise.resolve();
          }
        } catch (error) {
          failures.push(error);
        }
        // A challenge that is not the answer to our own is a failed log-in, and everything else a broken session.
        const isOwn = (failure: unknown) => failure instanceof WireFailure || failure instanceof LoginFailure;
        expect(failures.filter((failure) => !isOwn(failure))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('believes a refusal at any moment', () => {
    const refusal = fake.errorResponse('28P01', 'no');
    for (const before of [[], [messages.sasl], [messages.ok]]) {
      expect(() => attempt().gate.accept(Buffer.concat([...before, refusal]))).toThrow(pg.DatabaseError);
    }
  });

  it.each([
    ['clear text', messages.cleartext],
    ['MD5', messages.md5],
  ])('does not answer a request for %s that the policy forbids', async (_what, bytes) => {
    const strict = attempt({ policy: { md5: false, cleartext: false } });
    expect(() => strict.gate.accept(bytes)).toThrow(
      expect.objectContaining({ kind: 'authentication-method' }),
    );
    await Promise.resolve();
    expect(strict.sent).toEqual([]);
  });

  it.each([
    [7, 'GSSAPI (Kerberos)'],
    [9, 'SSPI'],
  ])('sends no password to a server that asks for a single sign-on (%i, %s)', async (method, name) => {
    const password = vi.fn(async () => 'pw');
    const kerberos = attempt({ password });
    expect(() => kerberos.gate.accept(request(method))).toThrow(
      expect.objectContaining({ kind: 'single-sign-on', message: expect.stringContaining(name) }),
    );
    expect(password).not.toHaveBeenCalled();
    expect(kerberos.sent).toEqual([]);
  });

  it.each<{ asked: Name; strongest: LoginMethod; isRefused: boolean }>([
    { asked: 'cleartext', strongest: 'scram-sha-256', isRefused: true },
    { asked: 'md5', strongest: 'scram-sha-256', isRefused: true },
    { asked: 'cleartext', strongest: 'md5', isRefused: true },
    { asked: 'md5', strongest: 'md5', isRefused: false },
    { asked: 'sasl', strongest: 'md5', isRefused: false },
    { asked: 'md5', strongest: 'cleartext', isRefused: false },
  ])(
    'after $strongest a request of $asked is refused: $isRefused',
    async ({ asked, strongest, isRefused }) => {
      const { gate, sent } = attempt({ strongest });
      if (isRefused) {
        expect(() => gate.accept(messages[asked])).toThrow(
          expect.objectContaining({ kind: 'method-downgraded' }),
        );
        await new Promise(setImmediate);
        expect(sent).toEqual([]);
      } else {
        gate.accept(messages[asked]);
        await new Promise(setImmediate);
        expect(sent).toHaveLength(1);
      }
    },
  );

  it('hands on why there is no password', async () => {
    const missing = new LoginFailure('password-missing', 'none');
    const { gate, sent, failures } = attempt({ password: () => Promise.reject(missing) });
    gate.accept(messages.md5);
    await new Promise(setImmediate);
    expect(failures).toEqual([missing]);
    expect(sent).toEqual([]);
  });
});
