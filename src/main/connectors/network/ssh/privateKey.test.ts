import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../../../../tests/support/failureOf.ts';
import { puttyKeyPath, puttyPublicLine } from '../../../../../tests/support/ssh/puttyKeys.ts';
import { readPrivateKey } from './privateKey.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-putty-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (path: string, passphrase: string | null) =>
  readPrivateKey(path, async () => passphrase, ssh2.utils.parseKey);

/** A copy of a key with a part of its text replaced. */
async function changed(name: string, part: RegExp, other: string): Promise<string> {
  const path = join(folder, 'changed.ppk');
  await writeFile(path, (await readFile(puttyKeyPath(name), 'latin1')).replace(part, other), 'latin1');
  return path;
}

describe('a key of PuTTY', () => {
  it.each([
    'rsaVersion2',
    'ed25519Version2Locked',
    'ed25519Version3',
    'ed25519Version3Locked',
    'rsaVersion3Locked',
    'ecdsaVersion3Locked',
  ])('signs what its public half verifies: %s', async (name) => {
    const key = await read(puttyKeyPath(name), name.endsWith('Locked') ? 'of the key' : null);
    const signature = key.sign('message');
    const publicKey = ssh2.utils.parseKey(await puttyPublicLine(name));
    if (signature instanceof Error || publicKey instanceof Error) throw new Error('No signature.');
    expect(publicKey.verify('message', signature)).toBe(true);
  });

  it('is not opened by a wrong passphrase, or by none', async () => {
    for (const name of ['ed25519Version2Locked', 'ed25519Version3Locked']) {
      for (const wrong of ['not it', null]) {
        expect(await failureOf(read(puttyKeyPath(name), wrong))).toMatchObject({
          code: 'SSH_KEY_UNUSABLE',
          detail: expect.stringMatching(wrong === null ? /no passphrase/ : /could not be opened/),
        });
      }
    }
  });

  it('is refused when a byte of it, or of its checksum, was changed', async () => {
    const changes = [
      await changed('ed25519Version3', /^Comment: .*/m, 'Comment: somebody else'),
      await changed('ed25519Version3', /Private-MAC: ../, 'Private-MAC: 00'),
    ];
    for (const path of changes) {
      expect(await failureOf(read(path, null))).toMatchObject({
        code: 'SSH_KEY_UNUSABLE',
        detail: expect.stringMatching(/checksum is wrong/),
      });
    }
  });

  it('is refused before any work when it asks for more than a computer should do for it', async () => {
    for (const [part, other] of [
      [/Argon2-Memory: \d+/, 'Argon2-Memory: 4294967295'],
      [/Argon2-Passes: \d+/, 'Argon2-Passes: 9999'],
      [/Argon2-Parallelism: \d+/, 'Argon2-Parallelism: 0'],
    ] as const) {
      expect(
        await failureOf(read(await changed('ed25519Version3Locked', part, other), 'of the key')),
      ).toMatchObject({ code: 'SSH_KEY_UNUSABLE', detail: expect.stringMatching(/too much work/) });
    }
  });
});
