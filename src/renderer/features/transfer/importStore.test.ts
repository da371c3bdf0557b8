import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { ImportItem } from '../../../shared/model/transfer.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { commonAction, countChoices } from './importChoices.ts';
import { createImportStore, type ReadyFile } from './importStore.ts';

const importId = 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e';
const fileName = 'mine.mooring';
const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));

const item = (index: number, overrides: Partial<ImportItem> = {}): ImportItem => ({
  index,
  name: `Source ${index}`,
  address: 'ada@db.example.com:5432/shop',
  folder: null,
  hasSecret: true,
  conflict: null,
  problems: [],
  notes: [],
  ...overrides,
});
const conflict = { id: 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3f', name: 'Source', isSameAddress: true };
const items = [
  item(0),
  item(1, { conflict }),
  item(2, { conflict }),
  item(3, { problems: ['port: too_big'] }),
];

let main: FakeMain;
let store: ReturnType<typeof createImportStore>;
const state = () => store.getState();
const ready = (): ReadyFile => {
  const file = state().import;
  if (file.status !== 'ready') throw new Error(`The import is ${file.status}`);
  return file;
};

beforeEach(() => {
  main = new FakeMain();
  store = createImportStore({
    call: main.call,
    withVault: createWithVault({ unlock: async () => true, chooseMode: async () => true }),
  });
});

async function openReady(): Promise<void> {
  void state().open();
  await main.answer('transfer.open', { outcome: 'ready', importId, fileName, product: null, items });
}

describe('an import', () => {
  it('touches nothing that exists until somebody says so', async () => {
    await openReady();
    void state().apply();
    expect(main.last('transfer.apply').input).toEqual({
      importId,
      choices: [
        { index: 0, action: 'add' },
        { index: 1, action: 'skip' },
        { index: 2, action: 'skip' },
      ],
      withSecrets: true,
    });
  });

  it('chooses for all conflicts at once, and only for them', async () => {
    await openReady();
    state().chooseForConflicts('replace');
    state().choose(2, 'keep-both');
    expect([...ready().choices]).toEqual([
      [0, 'add'],
      [1, 'replace'],
      [2, 'keep-both'],
    ]);
    expect(countChoices(ready().choices, items.length)).toEqual({
      addedCount: 2,
      replacedCount: 1,
      skippedCount: 1,
    });
    expect(commonAction(ready().choices, items)).toBeNull();
  });

  it('keeps asking for the passphrase while it is wrong', async () => {
    void state().open();
    await main.answer('transfer.open', { outcome: 'locked', importId, fileName, product: null });
    void state().unlock('wrong horse');
    await main.fail('transfer.unlock', failure('IMPORT_NOT_OPENED'));
    expect(state().import).toMatchObject({
      status: 'locked',
      isBusy: false,
      error: { code: 'IMPORT_NOT_OPENED' },
    });
    void state().unlock('correct horse');
    expect(JSON.stringify(state())).not.toContain('horse');
    await main.answer('transfer.unlock', { outcome: 'ready', importId, fileName, product: null, items });
    expect(ready().items).toEqual(items);
  });

  it('is over without a word when no file was chosen', async () => {
    void state().open();
    await main.answer('transfer.open', { outcome: 'cancelled' });
    expect(state().import).toEqual({ status: 'closed' });
  });

  it('keeps the choices when it fails, and does not change them while it runs', async () => {
    await openReady();
    state().choose(0, 'skip');
    void state().apply();
    state().chooseForConflicts('replace');
    await main.fail('transfer.apply', failure('DISK_FULL'));
    expect(ready()).toMatchObject({ isBusy: false, error: { code: 'DISK_FULL' } });
    expect([...ready().choices.values()]).toEqual(['skip', 'skip', 'skip']);
  });

  it('is discarded in main when it is closed, and asks for nothing more once it is done', async () => {
    await openReady();
    state().close();
    expect(main.last('transfer.discard').input).toEqual({ importId });
    await openReady();
    void state().apply();
    const report = {
      addedCount: 1,
      replacedCount: 0,
      skippedCount: 3,
      secretCount: 1,
      notes: [],
      placements: [],
    };
    await main.answer('transfer.apply', report);
    expect(state().import).toEqual({ status: 'done', report });
    state().close();
    expect(main.countOf('transfer.discard')).toBe(1);
  });

  it('discards a file that main has opened only after the window was closed', async () => {
    void state().open();
    state().close();
    await main.answer('transfer.open', { outcome: 'locked', importId, fileName, product: null });
    expect(state().import).toEqual({ status: 'closed' });
    expect(main.last('transfer.discard').input).toEqual({ importId });
  });

  it('lets go of the file when another one is chosen', async () => {
    await openReady();
    void state().open();
    expect(main.last('transfer.discard').input).toEqual({ importId });
    expect(state().import).toEqual({ status: 'opening' });
  });
});
