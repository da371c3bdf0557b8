import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readService } from './serviceFile.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mooring-services-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const write = async (name: string, text: string): Promise<string> => {
  const path = join(home, name);
  await writeFile(path, text);
  return path;
};

describe('a service of pg_service.conf', () => {
  it('is found in the own file before that of the computer, and gives no secret away', async () => {
    await write(
      '.pg_service.conf',
      '# mine\n[shop]\nhost=own\nhost=later\npassword=S3cret\nsslpassword=S3cret\n',
    );
    await write('pg_service.conf', '[shop]\nhost=system\n[blog]\nhost=blog\nport = 5433\n');
    const environment = { PGSYSCONFDIR: home };
    const own = await readService('shop', environment, home);
    expect(own).toMatchObject({ settings: [{ name: 'host', value: 'own' }], hasSecrets: true });
    expect(JSON.stringify(own)).not.toContain('S3cret');
    expect(await readService('blog', environment, home)).toEqual({
      path: join(home, 'pg_service.conf'),
      settings: [
        { name: 'host', value: 'blog' },
        { name: 'port', value: '5433' },
      ],
      hasSecrets: false,
    });
  });

  it('is looked for where PGSERVICEFILE says, in place of the own file', async () => {
    await write('.pg_service.conf', '[shop]\nhost=own');
    const other = await write('other.conf', '[shop]\nhost=other');
    const environment = { PGSERVICEFILE: other, PGSYSCONFDIR: home };
    expect(await readService('shop', environment, home)).toMatchObject({
      settings: [{ name: 'host', value: 'other' }],
    });
  });

  it('that is nowhere is answered with the files and the names that are there', async () => {
    const own = await write('.pg_service.conf', '[shop]\nhost=a\npassword=S3cret\n[blog]\nhost=b');
    const missing = await readService('prod', { PGSYSCONFDIR: home }, home).catch((error: unknown) => error);
    expect(missing).toMatchObject({
      code: 'NOT_FOUND',
      detail: `${own} has shop, blog.\n${join(home, 'pg_service.conf')} is not there.`,
    });
  });

  it('is refused where the file is none, or refers to yet another service', async () => {
    await write('.pg_service.conf', 'no section');
    await expect(readService('shop', {}, home)).rejects.toMatchObject({ code: 'FILE_FAILED' });
    await write('.pg_service.conf', '[shop]\nservice=other');
    await expect(readService('shop', {}, home)).rejects.toMatchObject({ code: 'FILE_FAILED' });
  });
});
