import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPassword, passwordInPgpass } from './passwordFile.ts';

const login = { host: 'db.example.com', port: 5432, database: 'shop', user: 'ann', socketFolder: undefined };

describe('a line of .pgpass', () => {
  it.each([
    ['db.example.com:5432:shop:ann:pw', 'pw'],
    ['*:*:*:*:pw', 'pw'],
    ['# db.example.com:5432:shop:ann:no\n*:*:*:ann:pw', 'pw'],
    ['other:5432:shop:ann:no\r\ndb.example.com:5432:shop:ann:pw\r\n', 'pw'],
    ['*:*:*:*:first\n*:*:*:*:second', 'first'],
    [String.raw`*:*:*:*:a\:b\\c`, String.raw`a:b\c`],
    ['*:*:*:*:ends:here', 'ends'],
    ['*:*:*:*:', ''],
    ['db.*:5432:shop:ann:pw', null],
    [String.raw`\*:5432:shop:ann:pw`, null],
    ['db.example.com:5433:shop:ann:pw', null],
    ['db.example.com:5432:shop:ann', null],
    ['', null],
  ])('counts as it does for psql: %j', (text, password) => {
    expect(findPassword(text, login)).toBe(password);
  });

  it('has escapes in its fields, and names the usual folders of sockets localhost', () => {
    expect(
      findPassword(String.raw`h:1:a\:b:c\\d:pw`, {
        ...login,
        host: 'h',
        port: 1,
        database: 'a:b',
        user: 'c\\d',
      }),
    ).toBe('pw');
    const overSocket = { ...login, host: 'localhost', socketFolder: '/var/run/postgresql' };
    expect(findPassword('localhost:5432:shop:ann:pw', overSocket)).toBe('pw');
    expect(findPassword('/srv/pg:5432:shop:ann:pw', { ...overSocket, socketFolder: '/srv/pg' })).toBe('pw');
    expect(
      findPassword('[::1]:5432:shop:ann:no\n\\:\\:1:5432:shop:ann:pw', { ...login, host: '[::1]' }),
    ).toBe('pw');
  });
});

describe('the file', () => {
  let folder: string;
  const config = { ...login, tls: { mode: 'disable', caPem: null } } as const;
  const at = async (text: string, mode: number) => {
    const path = join(folder, '.pgpass');
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-pgpass-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read at each log-in, for the host that asks', async () => {
    const path = await at('b:5433:shop:ann:of-b\n', 0o600);
    expect(await passwordInPgpass(config, path, { host: 'b', port: 5433 })).toBe('of-b');
    await expect(passwordInPgpass(config, path)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(passwordInPgpass(config, join(folder, 'none'))).rejects.toMatchObject({
      code: 'PASSWORD_REQUIRED',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'is refused when others can read it, and nothing of it is told',
    async () => {
      const path = await at('*:*:*:*:s3cret\n', 0o640);
      const failure: unknown = await passwordInPgpass(config, path).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'PASSWORD_FILE_UNUSABLE' });
      expect(JSON.stringify(failure)).not.toContain('s3cret');
    },
  );
});
