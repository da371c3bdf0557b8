import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields } from '../../support/dataSources.ts';
import { temporaryFolder } from '../../support/testStore.ts';

const save = (app: AppUnderTest, name: string) =>
  app.ok('dataSources.save', { id: null, fields: someFields({ name }), secrets: {} });

const names = async (app: AppUnderTest) =>
  (await app.ok('dataSources.list', null)).dataSources.map(({ dataSource }) => dataSource.name);

describe('replacing what is kept', { timeout: 30_000 }, () => {
  it('asks in main what it replaces by what, and changes nothing when the person says no', async () => {
    const app = new AppUnderTest();
    await save(app, 'Warehouse');
    const { name } = await app.ok('recovery.backUp', null);
    app.answer = () => false;
    expect(await app.codeOf('recovery.restore', { name })).toBe('CANCELLED');
    expect(await app.codeOf('recovery.startEmpty', null)).toBe('CANCELLED');
    expect(app.questions).toEqual([
      expect.objectContaining({
        question: expect.stringMatching(/^Restore the backup of /),
        detail: expect.stringContaining('1 data source and 0 passwords'),
        confirmLabel: 'Restore',
      }),
      expect.objectContaining({ confirmLabel: 'Start empty' }),
    ]);
    expect([app.shutdownCount, await names(app)]).toEqual([0, ['Warehouse']]);
  });

  it('is refused without a question where the store is fine but cannot be opened now', async () => {
    const folder = temporaryFolder();
    const first = new AppUnderTest(folder);
    await save(first, 'Warehouse');
    const { name } = await first.ok('recovery.backUp', null);
    await first.life.shutdown();
    const sqlite = new Sqlite(join(folder, 'mooring.db'));
    sqlite.pragma('user_version = 20991231');
    sqlite.close();

    const app = new AppUnderTest(folder);
    expect(await app.ok('recovery.status', null)).toMatchObject({
      problem: { code: 'STORE_TOO_NEW' },
      canReplace: false,
    });
    expect(await app.codeOf('recovery.startEmpty', null)).toBe('STORE_FAILED');
    expect(await app.codeOf('recovery.restore', { name })).toBe('STORE_FAILED');
    expect(app.questions).toEqual([]);
  });

  it('asks one question at a time, however often a page calls', async () => {
    const app = new AppUnderTest();
    await save(app, 'Warehouse');
    let say: (answer: boolean) => void = () => undefined;
    app.answer = () => new Promise<boolean>((resolve) => (say = resolve));
    const calls = Array.from({ length: 50 }, () => app.codeOf('recovery.startEmpty', null));
    await expect.poll(() => app.questions.length).toBe(1);
    say(false);
    expect((await Promise.all(calls)).toSorted()).toEqual([
      'CANCELLED',
      ...new Array(49).fill('STORE_FAILED'),
    ]);
    expect(app.questions).toHaveLength(1);
  });

  it('builds nothing any more when the app quits in the middle, and leaves the backup in place', async () => {
    const folder = temporaryFolder();
    const app = new AppUnderTest(folder);
    await save(app, 'Warehouse');
    const { name } = await app.ok('recovery.backUp', null);
    await save(app, 'Later');
    let quitting: Promise<void> | null = null;
    app.onShutdown = () => {
      quitting ??= app.life.shutdown();
    };
    const restored = await app.codeOf('recovery.restore', { name });
    await quitting;
    expect({ restored, built: app.builtCount, shutDown: app.shutdownCount }).toEqual({
      restored: 'ok',
      built: 1,
      shutDown: 1,
    });
    expect(await names(new AppUnderTest(folder))).toEqual(['Warehouse']);
  });

  it('does not begin when the app quits while the question is open', async () => {
    const folder = temporaryFolder();
    const app = new AppUnderTest(folder);
    await save(app, 'Warehouse');
    app.answer = async () => {
      await app.life.shutdown();
      return true;
    };
    expect(await app.codeOf('recovery.startEmpty', null)).toBe('SHUTTING_DOWN');
    expect([app.builtCount, app.shutdownCount]).toEqual([1, 1]);
    expect(await names(new AppUnderTest(folder))).toEqual(['Warehouse']);
  });
});
