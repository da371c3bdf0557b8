import { describe, expect, it } from 'vitest';
import { maxIterations, ScramExchange } from './scram.ts';

const nonceOf = (exchange: ScramExchange): string => /r=(.+)$/.exec(exchange.clientFirst)?.[1] ?? '';
const challenge = (exchange: ScramExchange, iterations: number): string =>
  `r=${nonceOf(exchange)}more,s=${Buffer.from('salt').toString('base64')},i=${iterations}`;
const pw = () => Promise.resolve('pw');
const binding = () => Buffer.from('hash');

describe('ScramExchange', () => {
  it.each([
    ['SCRAM-SHA-256-PLUS', ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'], binding, 'p=tls-server-end-point,,'],
    ['SCRAM-SHA-256', ['SCRAM-SHA-256'], binding, 'y,,'],
    ['SCRAM-SHA-256', ['SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'], null, 'n,,'],
  ] as const)('takes %s of %j and says what it could bind to', (mechanism, offered, bindsTo, header) => {
    const exchange = new ScramExchange(offered, bindsTo);
    expect(exchange.mechanism).toBe(mechanism);
    expect(exchange.clientFirst.startsWith(header)).toBe(true);
  });

  it.each([
    [['OAUTHBEARER'], null],
    [['SCRAM-SHA-256-PLUS'], null],
  ] as const)('refuses a server that offers only %j', (offered, bindsTo) => {
    expect(() => new ScramExchange(offered, bindsTo)).toThrow(
      expect.objectContaining({ kind: 'authentication-method' }),
    );
  });

  it.each([
    [1, 'iterations-too-few'],
    [4_095, 'iterations-too-few'],
    [maxIterations + 1, 'iterations-too-many'],
    [2_147_483_647, 'iterations-too-many'],
  ])('refuses %i iterations', async (iterations, kind) => {
    const exchange = new ScramExchange(['SCRAM-SHA-256'], null);
    await expect(exchange.answer(challenge(exchange, iterations), pw)).rejects.toMatchObject({ kind });
  });

  it.each([
    ['no iterations', 'r=x,s=c2FsdA==', 'protocol'],
    ['iterations of zero', 'r=x,s=c2FsdA==,i=0', 'protocol'],
    ['a salt that is not Base64', 'r=x,s=!,i=4096', 'protocol'],
    ['an extension that must be understood', 'm=x,r=x,s=c2FsdA==,i=4096', 'protocol'],
    ["somebody else's nonce", 'r=x,s=c2FsdA==,i=4096', 'server-unproven'],
  ])('refuses a challenge with %s', async (_what, text, kind) => {
    const exchange = new ScramExchange(['SCRAM-SHA-256'], null);
    await expect(exchange.answer(text, pw)).rejects.toMatchObject({ kind });
  });

  it.each(['v=AAAA', 'e=other-error', '', `v=${Buffer.alloc(32).toString('base64')}`])(
    'does not believe a server that proves itself with "%s"',
    async (proof) => {
      const exchange = new ScramExchange(['SCRAM-SHA-256'], null);
      await exchange.answer(challenge(exchange, 4_096), pw);
      expect(() => exchange.verify(proof)).toThrow(expect.objectContaining({ kind: 'server-unproven' }));
    },
  );
});
