import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { createExportStore } from './exportStore.ts';

const protection = { type: 'passphrase', passphrase: 'correct horse battery' } as const;
const report = {
  outcome: 'saved',
  fileName: 'mine.mooring',
  dataSourceCount: 2,
  secretCount: 1,
  withoutSecret: ['Shop'],
} as const;

let main: FakeMain;
let store: ReturnType<typeof createExportStore>;
const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  store = createExportStore({
    call: main.call,
    withVault: createWithVault({ unlock: async () => true, chooseMode: async () => true }),
  });
  state().open(['a', 'b', 'c']);
});

describe('an export', () => {
  it('begins with everything chosen, and takes out only what is named', () => {
    state().choose(['b', 'c'], false);
    state().choose(['c'], true);
    expect([...state().chosen].sort()).toEqual(['a', 'c']);
  });

  it('keeps the report, and nowhere the passphrase', async () => {
    void state().save(['a', 'b'], protection);
    await main.answer('transfer.export', { ...report, withoutSecret: [...report.withoutSecret] });
    expect(state().saving).toEqual({ status: 'saved', report });
    expect(JSON.stringify(state())).not.toContain(protection.passphrase);
  });

  it('goes back to the choice when no file was chosen', async () => {
    void state().save(['a'], protection);
    await main.answer('transfer.export', { outcome: 'cancelled' });
    expect(state()).toMatchObject({ opened: true, saving: { status: 'idle' } });
  });

  it('has the vault unlocked for the passwords', async () => {
    void state().save(['a'], protection);
    await main.fail('transfer.export', new ApiError(someErrorDto('VAULT_PASSPHRASE_REQUIRED')));
    expect(main.countOf('transfer.export')).toBe(2);
  });

  it('shows nothing of one that was given up, also not in the next', async () => {
    void state().save(['a'], protection);
    state().close();
    expect(main.last('transfer.export').signal?.aborted).toBe(true);
    state().open(['a']);
    await main.fail('transfer.export', new ApiError(someErrorDto('DISK_FULL')));
    expect(state().saving).toEqual({ status: 'idle' });
  });
});
