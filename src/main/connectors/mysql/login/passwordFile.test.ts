import { createCipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someMysqlConfig } from '../../../../../tests/support/dataSources.ts';
import { passwordInOptionFile } from './passwordFile.ts';

/** As `mysql_config_editor` writes login paths. */
function loginPathFile(text: string): Buffer {
  const written = randomBytes(20);
  const key = Buffer.alloc(16);
  for (const [index, byte] of written.entries()) key[index % 16] = (key[index % 16] ?? 0) ^ byte;
  const lines = text.split(/(?<=\n)/).map((line) => {
    const cipher = createCipheriv('aes-128-ecb', key, null);
    const bytes = Buffer.concat([cipher.update(line), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return Buffer.concat([Buffer.alloc(4), written, ...lines]);
}

describe('the password in an option file', () => {
  let folder: string;
  const config = someMysqlConfig({ user: 'ann' });
  const at = async (name: string, content: string | Buffer, mode = 0o600) => {
    const path = join(folder, name);
    await writeFile(path, content);
    await chmod(path, mode);
    return path;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-mycnf-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is that of the groups of the client, a later one before an earlier one', async () => {
    const path = await at(
      'my.cnf',
      '[mysqld]\npassword=no\n[client]\npassword=first\n[mysql]\npassword = "a#b"\n',
    );
    expect(await passwordInOptionFile(config, path)).toBe('a#b');
  });

  it('is that of one group where the path names it, and none that is for another user', async () => {
    const path = await at(
      'my.cnf',
      '[client]\npassword=no\n[prod]\nuser=ann\npassword=of-prod\n[bob]\nuser=bob\npassword=x\n',
    );
    expect(await passwordInOptionFile(config, `${path}#prod`)).toBe('of-prod');
    await expect(passwordInOptionFile(config, `${path}#bob`)).rejects.toMatchObject({
      code: 'PASSWORD_REQUIRED',
    });
  });

  it('is read from the login paths of mysql_config_editor', async () => {
    const bytes = loginPathFile(
      '[client]\nuser = "ann"\npassword = "s3cret"\n[prod]\nuser = "ann"\npassword = "p2"\n',
    );
    const path = await at('.mylogin.cnf', bytes);
    expect(await passwordInOptionFile(config, path)).toBe('s3cret');
    expect(await passwordInOptionFile(config, `${path}#prod`)).toBe('p2');
    await at('.mylogin.cnf', bytes.subarray(0, 60));
    await expect(passwordInOptionFile(config, path)).rejects.toMatchObject({
      code: 'PASSWORD_FILE_UNUSABLE',
    });
  });

  it.skipIf(process.platform === 'win32')('is not taken from a file that anybody can change', async () => {
    const path = await at('my.cnf', '[client]\npassword=s3cret\n', 0o666);
    await expect(passwordInOptionFile(config, path)).rejects.toMatchObject({
      code: 'PASSWORD_FILE_UNUSABLE',
    });
  });
});
