import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { ApiError } from '../../lib/api.ts';
import { createDiagnosticsStore } from './diagnosticsStore.ts';

const [first, second] = [
  { id: '11111111-1111-4111-8111-111111111111', text: 'first' },
  { id: '22222222-2222-4222-8222-222222222222', text: 'second' },
];

let main: FakeMain;
let store: ReturnType<typeof createDiagnosticsStore>;
let told: string[];

const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  told = [];
  store = createDiagnosticsStore({
    call: main.call,
    reportSaved: (fileName) => told.push(fileName),
    reportError: ({ code }) => told.push(code),
  });
  state().open();
});

describe('the diagnostics on the screen', () => {
  it('keep the text while they are collected again, and save the one that is shown', async () => {
    await main.answer('diagnostics.collect', first);
    void state().collect();
    expect(state().collected).toEqual({ status: 'loading', previous: first });
    await main.answer('diagnostics.collect', second);
    void state().save();
    expect(main.last('diagnostics.save').input).toEqual({ id: second.id });
    await main.answer('diagnostics.save', { fileName: 'a.md' });
    expect(told).toEqual(['a.md']);
  });

  it('say nothing when no file was chosen, and why it could not be written', async () => {
    await main.answer('diagnostics.collect', first);
    void state().save();
    await main.answer('diagnostics.save', null);
    void state().save();
    await main.fail('diagnostics.save', new ApiError(someErrorDto('DISK_FULL')));
    expect(told).toEqual(['DISK_FULL']);
  });

  it('forget the text when they are closed, also one that comes then', async () => {
    const collecting = main.last('diagnostics.collect');
    state().close();
    collecting.resolve(first);
    await Promise.resolve();
    expect(state()).toMatchObject({ opened: false, collected: { status: 'absent' } });
  });
});
