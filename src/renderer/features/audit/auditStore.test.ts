import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { AuditEntry } from '../../../shared/model/audit.ts';
import { ApiError } from '../../lib/api.ts';
import { createAuditStore } from './auditStore.ts';

const entry = (sequence: number): AuditEntry => ({
  sequence,
  at: 0,
  operation: 'secret.used',
  subject: null,
  outcome: 'ok',
  details: {},
});

let main: FakeMain;
let store: ReturnType<typeof createAuditStore>;
let exported: string[];

const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  exported = [];
  store = createAuditStore({
    call: main.call,
    withProgress: (_label, run, { outer } = {}) => run(outer === undefined ? {} : { signal: outer }),
    names: () => ({ shop: 'Corner shop', mill: 'Mill' }),
    now: () => 1_000_000_000,
    reportExported: (entryCount, fileName) => exported.push(`${entryCount} ${fileName}`),
    reportError: (error) => exported.push(error.code),
  });
  state().open();
});

describe('the audit trail on the screen', () => {
  it('goes on where the last page ended, and stops at the oldest entry', async () => {
    await main.answer('audit.page', { entries: [entry(9), entry(8)], before: 8 });
    void state().loadMore();
    expect(main.last('audit.page').input).toMatchObject({ before: 8 });
    await main.answer('audit.page', { entries: [entry(7)], before: null });
    void state().loadMore();
    expect(main.countOf('audit.page')).toBe(2);
    expect(state().entries.map(({ sequence }) => sequence)).toEqual([9, 8, 7]);
  });

  it('reads each page once, however often the end comes into view', () => {
    void state().loadMore();
    expect(main.countOf('audit.page')).toBe(1);
  });

  it('can be read on after a failure', async () => {
    await main.fail('audit.page', new ApiError(someErrorDto('STORE_FAILED')));
    expect(state().error?.code).toBe('STORE_FAILED');
    void state().loadMore();
    await main.answer('audit.page', { entries: [entry(1)], before: null });
    expect(state()).toMatchObject({ error: null, entries: [entry(1)] });
  });

  it('drops what comes after it was closed, and begins afresh when it is opened again', async () => {
    const first = main.last('audit.page');
    state().close();
    expect(first.signal?.aborted).toBe(true);
    state().open();
    first.resolve({ entries: [entry(3)], before: null });
    await main.answer('audit.page', { entries: [entry(4)], before: null });
    expect(state().entries).toEqual([entry(4)]);
  });

  it('shows the result of a check, and keeps the last one while it checks again', async () => {
    void state().runCheck();
    await main.answer('audit.check', { status: 'broken', at: 3, reason: 'entry' });
    void state().runCheck();
    expect(state().check).toEqual({
      status: 'loading',
      previous: { status: 'broken', at: 3, reason: 'entry' },
    });
  });

  it('looks on where a stretch has no match, and says how many there are', async () => {
    await main.answer('audit.page', { entries: [], before: 5_000 });
    expect(main.last('audit.page').input).toMatchObject({ before: 5_000 });
    expect(state().isRead).toBe(false);
    await main.answer('audit.page', { entries: [entry(4)], before: null });
    await main.answer('audit.count', { count: 1 });
    expect(state()).toMatchObject({ isRead: true, count: 1, entries: [entry(4)] });
  });

  it('finds words also in what things are called here, and periods up to now', async () => {
    state().setView({ text: ' shop ', period: 'day', group: 'secret', outcome: 'failed' });
    expect(main.last('audit.page').input).toMatchObject({
      filter: {
        group: 'secret',
        subject: null,
        outcome: 'failed',
        since: 1_000_000_000 - 24 * 3_600_000,
        until: null,
        search: { text: 'shop', operations: [], subjects: ['shop'] },
      },
    });
    state().setView({ text: 'rotate', period: 'custom', from: '2026-01-31', to: '2026-02-01' });
    const filter = {
      since: new Date(2026, 0, 31).getTime(),
      until: new Date(2026, 1, 2).getTime(),
      search: { operations: ['vault.rotated'] },
    };
    expect(main.last('audit.page').input).toMatchObject({ filter });
    expect(main.last('audit.count').input).toMatchObject({ filter });
  });

  it('takes nothing that belongs to another filter', async () => {
    const late = main.last('audit.page');
    state().setView({ group: 'vault' });
    late.resolve({ entries: [entry(1)], before: null });
    await main.answer('audit.page', { entries: [entry(2)], before: null });
    expect(state().entries).toEqual([entry(2)]);
  });

  it('shows where the trail is broken, without a filter that could hide it, and goes back to the newest', async () => {
    state().setView({ group: 'vault' });
    state().open({ status: 'broken', at: 70, reason: 'entry' });
    expect(main.last('audit.page').input).toMatchObject({ before: 76, filter: { group: null } });
    expect(state()).toMatchObject({ selected: 70, check: { status: 'loaded' } });
    state().showFrom(null);
    expect(main.last('audit.page').input).toMatchObject({ before: null });
  });

  it('exports what the filter finds, and can be stopped', async () => {
    state().setView({ group: 'vault' });
    void state().exportAs('csv');
    expect(main.last('audit.export').input).toMatchObject({ format: 'csv', filter: { group: 'vault' } });
    await main.answer('audit.export', { fileName: 'trail.csv', entryCount: 3 });
    expect(exported).toEqual(['3 trail.csv']);
    void state().exportAs('jsonl');
    state().cancelExport();
    expect(main.last('audit.export').signal?.aborted).toBe(true);
    await main.fail('audit.export', new ApiError(someErrorDto('CANCELLED')));
    expect(exported).toEqual(['3 trail.csv']);
    expect(state().isExporting).toBe(false);
  });
});
