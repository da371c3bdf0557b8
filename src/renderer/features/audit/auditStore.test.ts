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

const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  store = createAuditStore({ call: main.call });
  state().open();
});

describe('the audit trail on the screen', () => {
  it('goes on where the last page ended, and stops at the oldest entry', async () => {
    await main.answer('audit.page', { entries: [entry(9), entry(8)], hasMore: true });
    void state().loadMore();
    expect(main.last('audit.page').input).toMatchObject({ before: 8 });
    await main.answer('audit.page', { entries: [entry(7)], hasMore: false });
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
    await main.answer('audit.page', { entries: [entry(1)], hasMore: false });
    expect(state()).toMatchObject({ error: null, entries: [entry(1)] });
  });

  it('drops what comes after it was closed, and begins afresh when it is opened again', async () => {
    const first = main.last('audit.page');
    state().close();
    expect(first.signal?.aborted).toBe(true);
    state().open();
    first.resolve({ entries: [entry(3)], hasMore: false });
    await main.answer('audit.page', { entries: [entry(4)], hasMore: false });
    expect(state().entries).toEqual([entry(4)]);
  });

  it('shows the result of a check, and keeps the last one while it checks again', async () => {
    void state().runCheck();
    await main.answer('audit.check', { status: 'broken', at: 3 });
    void state().runCheck();
    expect(state().check).toEqual({ status: 'loading', previous: { status: 'broken', at: 3 } });
  });
});
