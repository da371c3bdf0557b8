import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../../../tests/support/failureOf.ts';
import { openTestStore, temporaryFolder } from '../../../../tests/support/testStore.ts';
import { defaultLayout } from '../../../shared/model/defaults.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { SqlitePreferencesRepository } from '../../store/SqlitePreferencesRepository.ts';
import { KeptTabs } from './KeptTabs.ts';

describe('KeptTabs', () => {
  let folder: string;
  let values: SqlitePreferencesRepository;
  /** What the person chooses in a dialog. */
  let chosen: string | null;
  let tabs: KeptTabs;

  const start = () =>
    new KeptTabs({
      values,
      dialogs: {
        chooseSource: async () => chosen,
        chooseTarget: async () => chosen,
        chooseFolder: async () => null,
      },
      folder: join(folder, 'tabs'),
    });

  beforeEach(() => {
    folder = temporaryFolder();
    values = new SqlitePreferencesRepository(openTestStore(), silentLogger);
    chosen = join(folder, 'query.sql');
    tabs = start();
  });

  const opened = async () => {
    const file = await tabs.openFile();
    if (file === null) throw new Error('The dialog was closed.');
    return file;
  };
  const saveTo = (fileId: string | null, text: string, replacesChanges = false) =>
    tabs.saveFile({ fileId, suggestedName: 'query', text, replacesChanges });

  it('keeps the layout over a restart, and begins anew with one that no longer fits', () => {
    expect(tabs.layout()).toEqual(defaultLayout);
    tabs.setLayout({ ...defaultLayout, splitShare: 30 });
    expect(start().layout().splitShare).toBe(30);
    values.write('layout', { groups: 'of an older version' });
    expect(start().layout()).toEqual(defaultLayout);
  });

  it('keeps the text of each tab over a restart, for its owner only, without a rest', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await Promise.all([tabs.writeText(one, 'SELECT 1 -- ü 😀'), tabs.writeText(two, 'SELECT 2')]);
    expect(await start().readText(one)).toBe('SELECT 1 -- ü 😀');
    expect(await start().readText(randomUUID())).toBe('');
    const names = readdirSync(join(folder, 'tabs'));
    expect(names.toSorted()).toEqual([`${one}.sql`, `${two}.sql`].toSorted());
    expect(statSync(join(folder, 'tabs', `${one}.sql`)).mode & 0o777).toBe(0o600);
  });

  it('keeps the last of several texts, and all of a large one', async () => {
    const tab = randomUUID();
    const large = '😀'.repeat(1_500_001);
    const writing = [...Array(20).keys()].map((count) => tabs.writeText(tab, `text ${count}`));
    await Promise.all([...writing, tabs.writeText(tab, large)]);
    expect((await tabs.readText(tab)) === large).toBe(true);
    await tabs.writeText(tab, '');
    expect(await tabs.readText(tab)).toBe('');
  });

  it('fails every writer whose text is not there', async () => {
    writeFileSync(join(folder, 'tabs'), 'a file in the place of the folder');
    const tab = randomUUID();
    const writing = [tabs.writeText(tab, 'a'), tabs.writeText(tab, 'b')].map(failureOf);
    for (const failure of await Promise.all(writing)) expect(failure.code).toBe('FILE_FAILED');
    rmSync(join(folder, 'tabs'));
    await tabs.writeText(tab, 'c');
    expect(await tabs.readText(tab)).toBe('c');
  });

  it('forgets the texts of other tabs', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await tabs.writeText(one, 'a');
    await tabs.writeText(two, 'b');
    await tabs.retainTexts([two]);
    expect(await tabs.readText(one)).toBe('');
    expect(await tabs.readText(two)).toBe('b');
  });

  it.each(['SELECT 1;\r\nSELECT 2;', '\uFEFFSELECT 1', ''])(
    'saves a file as it was opened: %j',
    async (bytes) => {
      writeFileSync(join(folder, 'query.sql'), bytes);
      chmodSync(join(folder, 'query.sql'), 0o664);
      const { id, name, text } = await opened();
      expect([name, text]).toEqual(['query.sql', bytes.replace('\uFEFF', '')]);
      expect(await saveTo(id, text)).toEqual({ id, name });
      expect(readFileSync(join(folder, 'query.sql'), 'utf8')).toBe(bytes);
      expect(statSync(join(folder, 'query.sql')).mode & 0o777).toBe(0o664);
    },
  );

  it('knows a file over a restart, and leaves a link a link', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere', 'real.sql'), 'a');
    symlinkSync(join(folder, 'elsewhere', 'real.sql'), join(folder, 'query.sql'));
    const { id } = await opened();
    tabs = start();
    await saveTo(id, 'b');
    await saveTo(id, 'c');
    expect(readFileSync(join(folder, 'elsewhere', 'real.sql'), 'utf8')).toBe('c');
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['real.sql']);
  });

  it('never overwrites what another program has written meanwhile, nor brings a deleted file back', async () => {
    const path = join(folder, 'query.sql');
    writeFileSync(path, 'a');
    const { id } = await opened();
    writeFileSync(path, 'of another program');
    expect((await failureOf(saveTo(id, 'b'))).code).toBe('FILE_CHANGED');
    expect(readFileSync(path, 'utf8')).toBe('of another program');
    rmSync(path);
    expect((await failureOf(saveTo(id, 'b'))).message).toBe('The file no longer exists');
    expect(existsSync(path)).toBe(false);
    await saveTo(id, 'wanted', true);
    expect(readFileSync(path, 'utf8')).toBe('wanted');
    const saved = await saveTo(null, 'b');
    expect(readFileSync(path, 'utf8')).toBe('b');
    await saveTo(saved?.id ?? null, 'c');
    expect(readFileSync(path, 'utf8')).toBe('c');
  });

  it('refuses what is no text file, and an id that it does not know', async () => {
    writeFileSync(join(folder, 'query.sql'), Buffer.from([0x53, 0xff, 0xfe]));
    expect((await failureOf(tabs.openFile())).message).toBe('The file is not UTF-8 text');
    chosen = folder;
    expect((await failureOf(tabs.openFile())).code).toBe('FILE_FAILED');
    chosen = '/dev/zero';
    expect((await failureOf(tabs.openFile())).code).toBe('FILE_FAILED');
    expect((await failureOf(saveTo(randomUUID(), 'a'))).code).toBe('NOT_FOUND');
    chosen = null;
    expect(await tabs.openFile()).toBeNull();
    expect(await saveTo(null, 'a')).toBeNull();
  });
});
