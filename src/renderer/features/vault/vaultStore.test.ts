import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someVaultStatus } from '../../../../tests/support/someVaultStatus.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { VaultProgress } from '../../../shared/model/vault.ts';
import { ApiError } from '../../lib/api.ts';
import { createVaultStore } from './vaultStore.ts';

const callIds = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const open = someVaultStatus({ mode: 'passphrase', hasPassphrase: true });
const locked = someVaultStatus({ mode: 'passphrase', hasPassphrase: true, lock: 'locked' });
const report = { version: 2, resealedCount: 3, keptCount: 0, durationMs: 40 };
const half: VaultProgress = { callId: callIds[0], step: 'seal', doneCount: 1, totalCount: 3 };

const failure = (code: ErrorCode, overrides: Partial<ErrorDto> = {}) =>
  new ApiError(someErrorDto(code, overrides));

let main: FakeMain;
let now: number;
let reported: ErrorDto[];
let store: ReturnType<typeof createVaultStore>;

const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  now = 1_000;
  reported = [];
  let count = 0;
  store = createVaultStore({
    call: main.call,
    onEvent: main.onEvent,
    newCallId: () => callIds[count++ % 2] ?? callIds[0],
    now: () => now,
    reportError: (error) => reported.push(error),
  });
  state().start();
});

describe('the status of the vault', () => {
  it('follows main, whose push is newer than an answer that was asked for before it', async () => {
    const loading = state().load();
    main.push('vault.status', locked);
    await main.answer('vault.status', open);
    await loading;
    expect(state().status?.lock).toBe('locked');
  });

  it('is unknown, and nothing fails, while the store cannot be opened', async () => {
    void state().load();
    await main.fail('vault.status', failure('STORE_CORRUPT'));
    expect(state().status).toBeNull();
  });

  it('is asked for anew when another store is in its place', async () => {
    main.push('store.replaced', null);
    await main.answer('vault.status', open);
    expect(state().status).toEqual(open);
  });
});

describe('unlocking', () => {
  it('answers who asked, and closes, once the passphrase is right', async () => {
    const asked = state().ask({ name: 'unlock' });
    void state().unlock('right');
    await main.answer('vault.unlock', open);
    expect(await asked).toBe(true);
    expect(state()).toMatchObject({ dialog: null, status: open, attempt: { status: 'idle' } });
  });

  it('stays open after a wrong passphrase, and knows until when the next one is refused', async () => {
    void state().ask({ name: 'unlock' });
    void state().unlock('wrong');
    now = 5_000;
    await main.fail('vault.unlock', failure('VAULT_PASSPHRASE_WRONG', { retryAfterMs: 4_000 }));
    expect(state()).toMatchObject({
      dialog: { name: 'unlock' },
      attempt: { status: 'failed', error: { code: 'VAULT_PASSPHRASE_WRONG' }, retryAt: 9_000 },
    });
  });

  it('makes nobody wait after the first mistakes', async () => {
    void state().unlock('wrong');
    await main.fail('vault.unlock', failure('VAULT_PASSPHRASE_WRONG'));
    expect(state().attempt).toMatchObject({ status: 'failed', retryAt: null });
  });

  it('sends one passphrase at a time', () => {
    void state().unlock('once');
    void state().unlock('twice');
    expect(main.countOf('vault.unlock')).toBe(1);
  });

  it('tells everybody who asks while the dialog is open the same answer', async () => {
    const answers = [state().ask({ name: 'unlock' }), state().ask({ name: 'unlock' })];
    void state().unlock('right');
    await main.answer('vault.unlock', open);
    expect(await Promise.all(answers)).toEqual([true, true]);
  });

  it('answers no when the dialog is left, and says nothing of how the given-up attempt failed', async () => {
    const asked = state().ask({ name: 'unlock' });
    void state().unlock('late');
    state().dismiss();
    expect(await asked).toBe(false);
    expect(main.last('vault.unlock').signal?.aborted).toBe(true);
    await main.fail('vault.unlock', failure('VAULT_PASSPHRASE_WRONG'));
    expect(state().attempt.status).toBe('idle');
  });

  it('believes main when a given-up attempt was right all the same, and leaves the next dialog alone', async () => {
    void state().ask({ name: 'unlock' });
    void state().unlock('late');
    const next = state().ask({ name: 'rotate' });
    await main.answer('vault.unlock', open);
    expect(state()).toMatchObject({ status: open, dialog: { name: 'rotate' } });
    state().dismiss();
    expect(await next).toBe(false);
  });
});

describe('rotating the key', () => {
  beforeEach(() => {
    void state().ask({ name: 'rotate' });
    void state().rotate({ destroyOldKey: false, current: null });
  });

  it('shows its own progress and nobody else’s', () => {
    main.push('vault.progress', half);
    main.push('vault.progress', { ...half, callId: callIds[1], doneCount: 3 });
    expect(state().attempt).toMatchObject({ status: 'running', progress: half });
  });

  it('is cancelled down in main, and goes back to the question without an error', async () => {
    state().cancel();
    expect(state().attempt).toMatchObject({ status: 'running', isCancelling: true });
    expect(main.last('vault.rotate').signal?.aborted).toBe(true);
    await main.fail('vault.rotate', failure('CANCELLED'));
    expect(state()).toMatchObject({ dialog: { name: 'rotate' }, attempt: { status: 'idle' } });
  });

  it('shows the result also when the cancel came too late', async () => {
    state().cancel();
    await main.answer('vault.rotate', report);
    expect(state()).toMatchObject({
      dialog: { name: 'rotate' },
      attempt: { status: 'rotated', report },
    });
  });

  it('ignores progress that comes after the end', async () => {
    await main.answer('vault.rotate', report);
    main.push('vault.progress', half);
    expect(state().attempt.status).toBe('rotated');
  });
});

describe('the locked window', () => {
  const appLocked = { ...locked, appLocked: true };

  it('leaves no dialog behind, and whoever waits for one is told no', async () => {
    main.push('vault.status', open);
    const asked = state().ask({ name: 'change-passphrase' });
    main.push('vault.status', appLocked);
    expect(await asked).toBe(false);
    expect(state().dialog).toBeNull();
  });

  it('keeps what was wrong on the screen when main tells its status again', async () => {
    main.push('vault.status', appLocked);
    void state().unlock('wrong');
    await main.fail('vault.unlock', failure('VAULT_PASSPHRASE_WRONG'));
    main.push('vault.status', appLocked);
    expect(state().attempt.status).toBe('failed');
  });

  it('opens when main answers that it did', async () => {
    main.push('vault.status', appLocked);
    void state().unlock('right');
    await main.answer('vault.unlock', open);
    expect(state()).toMatchObject({ status: { appLocked: false }, attempt: { status: 'idle' } });
  });
});

describe('what is done without a dialog', () => {
  it('reports a failure and keeps the status as it was', async () => {
    main.push('vault.status', open);
    void state().setAppLock({ ...open.appLock, enabled: true });
    await main.fail('vault.setAppLock', failure('VAULT_PASSPHRASE_REQUIRED'));
    expect(reported.map(({ code }) => code)).toEqual(['VAULT_PASSPHRASE_REQUIRED']);
    expect(state().status).toEqual(open);
  });

  it('asks the keychain again once at a time', async () => {
    void state().retry();
    void state().retry();
    expect(main.countOf('vault.retry')).toBe(1);
    await main.answer('vault.retry', open);
    expect(state().isRetrying).toBe(false);
  });
});
