import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../tests/support/settle.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { MonitoringStatus } from '../../../shared/model/monitoring.ts';
import { ApiError } from '../../lib/api.ts';
import { createMonitoringStore } from './monitoringStore.ts';

const off: MonitoringStatus = { status: 'off', port: 9_477 };
const listening: MonitoringStatus = {
  status: 'listening',
  port: 9_477,
  address: 'http://127.0.0.1:9477/metrics',
  isTokenKept: true,
  lastScrapeAt: null,
};

let main: FakeMain;
let done: string[];
let reported: ErrorCode[];
let store: ReturnType<typeof createMonitoringStore>;

beforeEach(async () => {
  main = new FakeMain();
  done = [];
  reported = [];
  store = createMonitoringStore({
    call: main.call,
    onEvent: main.onEvent,
    reportDone: (what) => done.push(what),
    reportError: ({ code }) => reported.push(code),
  });
  store.getState().start();
  await main.answer('monitoring.status', off);
});

const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));

describe('the metrics endpoint in the settings', () => {
  it('stays as it was when it is refused, says why, and tries the same again', async () => {
    void store.getState().configure({ isOn: true });
    await settle();
    await main.fail('monitoring.configure', failure('PORT_IN_USE'));
    expect(store.getState()).toMatchObject({ status: off, refused: { error: { code: 'PORT_IN_USE' } } });
    void store.getState().retry();
    await settle();
    expect(main.last('monitoring.configure').input).toEqual({ isOn: true, port: 9_477 });
    await main.answer('monitoring.configure', listening);
    expect(store.getState()).toMatchObject({ status: listening, refused: null, isWorking: false });
  });

  it('is turned on with the port that was typed right before', async () => {
    void store.getState().configure({ port: 9_500 });
    void store.getState().configure({ isOn: true });
    await settle();
    expect(main.countOf('monitoring.configure')).toBe(1);
    await main.answer('monitoring.configure', { status: 'off', port: 9_500 });
    expect(main.last('monitoring.configure').input).toEqual({ isOn: true, port: 9_500 });
  });

  it('tries again what failed when the app started', async () => {
    main.push('monitoring.status', { status: 'failed', port: 9_500, error: someErrorDto('PORT_IN_USE') });
    void store.getState().retry();
    await settle();
    expect(main.last('monitoring.configure').input).toEqual({ isOn: true, port: 9_500 });
  });

  it('says that something was copied only when it was, and nothing of what a person cancelled', async () => {
    void store.getState().copyScrapeConfig();
    await main.answer('monitoring.copyScrapeConfig', { copied: false });
    void store.getState().renewToken();
    await main.fail('monitoring.renewToken', failure('CANCELLED'));
    expect([done, reported]).toEqual([[], []]);
    void store.getState().copyScrapeConfig();
    await main.answer('monitoring.copyScrapeConfig', { copied: true });
    void store.getState().renewToken();
    await main.fail('monitoring.renewToken', failure('VAULT_UNAVAILABLE'));
    expect([done, reported]).toEqual([['copied'], ['VAULT_UNAVAILABLE']]);
  });
});
