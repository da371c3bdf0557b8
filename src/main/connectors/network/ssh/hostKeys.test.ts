import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, hostKeyOf, judgeHostKey, knownHostLine, knownTypesOf } from './hostKeys.ts';
import { linesAbout, readKnownHosts } from './knownHosts.ts';

/** A blob as SSH sends it, with a body of this byte. */
function keyOf(type: string, byte: number) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return hostKeyOf(Buffer.concat([length, Buffer.from(type), Buffer.alloc(36, byte)]));
}

const key = keyOf('ssh-ed25519', 1);
const other = keyOf('ssh-ed25519', 2);
const base64 = key.bytes.toString('base64');
const verdict = (text: string, host = 'db.example.com', port = 22) =>
  judgeHostKey(linesAbout(readKnownHosts(text), host, port), key).type;

function hashed(name: string): string {
  const salt = Buffer.alloc(20, 7);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

describe('known_hosts', () => {
  it.each<[string, string]>([
    ['a name', `db.example.com ssh-ed25519 ${base64}`],
    ['one of several, in another case', `x,DB.Example.com ssh-ed25519 ${base64} a comment`],
    ['a pattern', `*.example.com,!web.example.com ssh-ed25519 ${base64}`],
    ['a pattern for one character', `d?.example.com\tssh-ed25519\t${base64}`],
    ['a hashed name', `${hashed('db.example.com')} ssh-ed25519 ${base64}`],
    [
      'lines that nobody can read',
      `# comment\n\nnonsense\n@cert-authority * ssh-rsa AAAA\ndb.example.com ssh-ed25519 ${base64}`,
    ],
  ])('knows a host by %s', (_, text) => {
    expect(verdict(text)).toBe('known');
  });

  it('tells ports apart', () => {
    expect(verdict(`[db.example.com]:2222 ssh-ed25519 ${base64}`, 'db.example.com', 2222)).toBe('known');
    expect(verdict(`db.example.com ssh-ed25519 ${base64}`, 'db.example.com', 2222)).toBe('unknown');
    expect(verdict(`${hashed('[db.example.com]:2222')} ssh-ed25519 ${base64}`, 'db.example.com', 2222)).toBe(
      'known',
    );
  });

  it('takes another key for a changed one, a negated pattern for another host, and a revoked key for refused', () => {
    expect(verdict(knownHostLine('db.example.com', 22, other))).toBe('changed');
    expect(verdict(`*.example.com,!db.example.com ssh-ed25519 ${base64}`)).toBe('unknown');
    expect(verdict(`db.example.com ssh-ed25519 ${base64}\n@revoked * ssh-ed25519 ${base64}`)).toBe('revoked');
    expect(verdict('')).toBe('unknown');
  });

  it('is read in time, whatever patterns it has', () => {
    expect(verdict(`${'*a'.repeat(2_000)} ssh-ed25519 ${base64}`)).toBe('unknown');
  });

  it('says which types a host is known by, and its fingerprint as OpenSSH shows it', () => {
    const lines = linesAbout(readKnownHosts(knownHostLine('[::1]', 22, key)), '[::1]', 22);
    expect(knownTypesOf(lines)).toEqual(['ssh-ed25519']);
    expect(fingerprintOf(key.bytes)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });
});
