import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { ApiError } from '../../lib/api.ts';
import { createSettingsStore } from './settingsStore.ts';

const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));

let main: FakeMain;
let reported: ErrorDto[];
let store: ReturnType<typeof createSettingsStore>;

beforeEach(() => {
  main = new FakeMain();
  reported = [];
  store = createSettingsStore({
    call: main.call,
    reportDone: () => undefined,
    reportError: (error) => reported.push(error),
  });
});

describe('the settings', () => {
  it('go back to the old scheme when the new one cannot be kept', async () => {
    void store.getState().setPreferences({ theme: 'dark' });
    expect(store.getState().preferences.theme).toBe('dark');
    await main.fail('app.setPreferences', failure('DISK_FULL'));
    expect(store.getState().preferences.theme).toBe('system');
    expect(reported.map(({ code }) => code)).toEqual(['DISK_FULL']);
  });

  it('still open the window, with defaults, when main cannot tell the preferences', async () => {
    const loading = store.getState().load();
    await main.fail('app.getPreferences', failure('STORE_FAILED'));
    await loading;
    expect(store.getState().preferences.theme).toBe('system');
    expect(reported).toHaveLength(1);
  });
});

describe('the reset of the demo database', () => {
  it('runs once, however often it is asked for', () => {
    void store.getState().resetDemo();
    void store.getState().resetDemo();
    expect(main.countOf('demo.reset')).toBe(1);
  });

  it('is no failure when a person cancels it', async () => {
    void store.getState().resetDemo();
    store.getState().cancelReset();
    expect(main.last('demo.reset').signal?.aborted).toBe(true);
    await main.fail('demo.reset', failure('CANCELLED'));
    expect(store.getState().reset).toEqual({ status: 'idle' });
  });

  it('shows a failure, and goes on when the settings are closed and opened again meanwhile', async () => {
    void store.getState().resetDemo();
    store.getState().forgetReset();
    expect(store.getState().reset.status).toBe('running');
    await main.fail('demo.reset', failure('DEMO_FAILED'));
    expect(store.getState().reset).toMatchObject({ status: 'failed', error: { code: 'DEMO_FAILED' } });
  });
});
