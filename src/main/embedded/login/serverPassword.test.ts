import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scramVerifier } from './serverPassword.ts';

/** The exchange of RFC 7677, section 3: user "user", password "pencil". */
const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const authMessage = [
  'n=user,r=rOprNGfwEbeRWgbNEkqO',
  `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
  `c=biws,r=${nonce}`,
].join(',');
const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
const serverSignature = '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

describe('scramVerifier', () => {
  const [, storedKey = '', serverKey = ''] =
    /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$(.+):(.+)$/.exec(scramVerifier('pencil', salt)) ?? [];

  it('lets the server prove itself as in the example of RFC 7677', () => {
    expect(hmac(Buffer.from(serverKey, 'base64'), authMessage).toString('base64')).toBe(serverSignature);
  });

  it('lets the server accept the client of that example', () => {
    const stored = Buffer.from(storedKey, 'base64');
    const signature = hmac(stored, authMessage);
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
    expect(createHash('sha256').update(clientKey).digest()).toEqual(stored);
  });
});
