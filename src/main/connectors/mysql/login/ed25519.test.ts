import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ed25519Proof } from './ed25519.ts';

/** How a private key of 32 bytes is written in PKCS #8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

describe('ed25519Proof', () => {
  it.each([
    ['0123456789abcdef0123456789ABCDEF', Buffer.alloc(32, 7)],
    ['correct horse battery staple 42!', Buffer.from('f0'.repeat(32), 'hex')],
    ['passwörter dürfen Umlaute haben', Buffer.from('00'.repeat(32), 'hex')],
  ])('signs as Ed25519 does with %s as its private key', (password, scramble) => {
    const seed = Buffer.from(password, 'utf8').subarray(0, 32);
    const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
    expect(ed25519Proof(seed.toString('utf8'), scramble)).toEqual(sign(null, scramble, key));
  });

  it('takes a password of any length', () => {
    expect(ed25519Proof('S3cret', Buffer.alloc(32)).toString('hex')).toHaveLength(128);
  });
});
