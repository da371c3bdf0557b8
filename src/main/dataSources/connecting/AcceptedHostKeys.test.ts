import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../base/abort.ts';
import type { Question } from '../../base/Question.ts';
import { HostKeyChanged } from '../../connectors/network/ssh/sshErrors.ts';
import { AcceptedHostKeys } from './AcceptedHostKeys.ts';

const server = { host: 'bastion.example.com', port: 22 };
const keyOf = (fill: number) => {
  const type = Buffer.from('ssh-ed25519');
  const bytes = Buffer.concat([Buffer.from([0, 0, 0, type.length]), type, Buffer.alloc(36, fill)]);
  return { type: 'ssh-ed25519', bytes };
};
const change = new HostKeyChanged(server, keyOf(2), ['ssh-ed25519 SHA256:old']);
const which = { ...server, fingerprint: change.fingerprint };

let folder: string;
let path: string;
let asked: Question[];
let answer: boolean;
let keys: AcceptedHostKeys;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-keys-'));
  path = join(folder, 'ssh_known_hosts');
  await writeFile(
    path,
    'bastion.example.com ssh-ed25519 b2xk\n@revoked bastion.example.com ssh-rsa YmFk\nother.example.com ssh-ed25519 b3RoZXI=\n',
  );
  asked = [];
  answer = true;
  const ask = async (question: Question) => {
    asked.push(question);
    return answer;
  };
  keys = new AcceptedHostKeys({ path, ask, audit: { record: () => undefined } });
});

afterEach(() => rm(folder, { recursive: true }));

describe('a key of an SSH server that has changed', () => {
  it('takes the place of the old one once the person has compared both; marks and other servers stay', async () => {
    keys.noteChange(change);
    expect(await keys.acceptChange(which, neverAborted)).toBe(true);
    expect(asked[0]?.detail).toContain('SHA256:old');
    expect(asked[0]?.detail).toContain(change.fingerprint);
    expect((await readFile(path, 'utf8')).split('\n')).toEqual([
      '@revoked bastion.example.com ssh-rsa YmFk',
      'other.example.com ssh-ed25519 b3RoZXI=',
      change.line,
      '',
    ]);
  });

  it('stays unknown when the person does not accept it', async () => {
    answer = false;
    const before = await readFile(path, 'utf8');
    keys.noteChange(change);
    expect(await keys.acceptChange(which, neverAborted)).toBe(false);
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it.each([
    ['another host', { host: 'evil.example.com' }],
    ['another key', { fingerprint: 'ssh-ed25519 SHA256:forged' }],
    ['another port', { port: 2222 }],
  ])('is never asked about when the window names %s than a server has shown', async (_, forged) => {
    keys.noteChange(change);
    await expect(keys.acceptChange({ ...which, ...forged }, neverAborted)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(asked).toEqual([]);
  });
});
