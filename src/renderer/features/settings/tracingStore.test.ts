import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../tests/support/settle.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import { defaultTracingSettings } from '../../../shared/model/defaults.ts';
import type { TracingStatus } from '../../../shared/model/tracing.ts';
import { ApiError } from '../../lib/api.ts';
import { createTracingStore } from './tracingStore.ts';

const off: TracingStatus = { settings: defaultTracingSettings, header: null, delivery: null };
const endpoint = 'http://127.0.0.1:4318';
const header = { name: 'authorization', value: 'a key' };

let main: FakeMain;
let done: string[];
let store: ReturnType<typeof createTracingStore>;

beforeEach(async () => {
  main = new FakeMain();
  done = [];
  store = createTracingStore({
    call: main.call,
    onEvent: main.onEvent,
    reportDone: (what) => done.push(what),
  });
  store.getState().start();
  await main.answer('tracing.status', off);
});

const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));

describe('tracing in the settings', () => {
  it('is turned on with the endpoint that was typed right before', async () => {
    void store.getState().configure({ endpoint });
    void store.getState().configure({ isOn: true });
    await settle();
    expect(main.countOf('tracing.configure')).toBe(1);
    await main.answer('tracing.configure', { ...off, settings: { ...defaultTracingSettings, endpoint } });
    expect(main.last('tracing.configure').input).toEqual({ ...defaultTracingSettings, endpoint, isOn: true });
  });

  it('stays as it was when it is refused, and says why, unless the person said no', async () => {
    void store.getState().configure({ isOn: true });
    await settle();
    await main.fail('tracing.configure', failure('CANCELLED'));
    expect(store.getState()).toMatchObject({ status: off, refused: null });
    void store.getState().configure({ isOn: true });
    await settle();
    await main.fail('tracing.configure', failure('STORE_FAILED'));
    expect(store.getState()).toMatchObject({ status: off, refused: { code: 'STORE_FAILED' } });
  });

  it('shows what the collector says to a test span, and forgets it with the next change', async () => {
    void store.getState().sendTest();
    expect(store.getState().isTesting).toBe(true);
    await main.fail('tracing.test', failure('COLLECTOR_REFUSED'));
    expect(store.getState()).toMatchObject({ isTesting: false, refused: { code: 'COLLECTOR_REFUSED' } });
    void store.getState().sendTest();
    expect(store.getState().refused).toBeNull();
    await main.answer('tracing.test', { httpStatus: 200, durationMs: 12 });
    expect(store.getState().tested).toEqual({ httpStatus: 200, durationMs: 12 });
    const setting = store.getState().setHeader(header);
    await main.answer('tracing.setHeader', off);
    await setting;
    expect(store.getState()).toMatchObject({ tested: null, refused: null });
    expect(done).toEqual(['set']);
  });

  it('says that a header was removed only when it was', async () => {
    const removing = store.getState().setHeader(null);
    await main.fail('tracing.setHeader', failure('VAULT_UNAVAILABLE'));
    await removing;
    expect(store.getState().refused).toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(done).toEqual([]);
  });
});
