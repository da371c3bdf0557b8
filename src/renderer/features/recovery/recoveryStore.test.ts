import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { RecoveryStatus } from '../../../shared/model/recovery.ts';
import { ApiError } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { createRecoveryStore } from './recoveryStore.ts';

const broken: RecoveryStatus = { problem: someErrorDto('STORE_CORRUPT'), canReplace: true, backups: [] };
const failure = new ApiError(someErrorDto('STORE_FAILED'));

let main: FakeMain;
let store: ReturnType<typeof createRecoveryStore>;
const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  store = createRecoveryStore({ call: main.call });
});

describe('the recovery', () => {
  it('says whether trying again helped, and shows what is wrong now', async () => {
    const first = state().retry();
    await main.answer('recovery.retry', { ...broken, canReplace: false });
    expect(await first).toBe(false);
    expect(latestValue(state().status)?.canReplace).toBe(false);
    const second = state().retry();
    await main.answer('recovery.retry', { ...broken, problem: null });
    expect(await second).toBe(true);
  });

  it('does one thing at a time: a second click restores nothing else', async () => {
    const first = state().restore('one.db');
    expect(await state().restore('two.db')).toBeNull();
    expect(await state().startEmpty()).toBeNull();
    await main.answer('recovery.restore', { movedTo: 'damaged/1' });
    expect(await first).toEqual({ movedTo: 'damaged/1' });
    expect(main.countOf('recovery.restore') + main.countOf('recovery.startEmpty')).toBe(1);
    expect(state().isBusy).toBe(false);
  });

  it('keeps the reason of a failed restore on the screen while the list is read again', async () => {
    const restoring = state().restore('one.db');
    await main.fail('recovery.restore', failure);
    expect(await restoring).toBeNull();
    void state().load();
    await main.answer('recovery.status', broken);
    expect(state()).toMatchObject({ isBusy: false, error: { code: 'STORE_FAILED' } });
    void state().restore('one.db');
    expect(state().error).toBeNull();
  });

  it('does not greet who opens the dialog with the failure of another day', async () => {
    void state().restore('one.db');
    await main.fail('recovery.restore', failure);
    state().open();
    expect(state().error).toBeNull();
  });
});
