import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../tests/support/settle.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { defaultAlertRules } from '../../../shared/model/alertRules.ts';
import type { AlertStatus, PastAlert } from '../../../shared/model/alerts.ts';
import { ApiError } from '../../lib/api.ts';
import { createAlertsStore } from './createAlertsStore.ts';
import { createPastAlertsStore } from './createPastAlertsStore.ts';
import { createAlertRulesStore } from './rules/createAlertRulesStore.ts';

const id = crypto.randomUUID();
const status = (firingCount: number): AlertStatus => ({
  ...{ firing: [], firingCount, unsnoozedCount: firingCount, endedCount: 0 },
});
const past = (number: number): PastAlert => ({
  ...{ id: number, kind: 'down', subjectId: id, subjectName: 'Orders', value: null, threshold: null },
  ...{ detail: null, startedAt: 0, endedAt: 1, end: 'cleared' },
});
const failure = new ApiError(someErrorDto('STORE_FAILED'));

let main: FakeMain;
const reported: string[] = [];
const reportError = ({ code }: { code: string }) => void reported.push(code);

beforeEach(() => {
  main = new FakeMain();
  reported.length = 0;
});

describe('the alerts that fire', () => {
  it('are as main told them last, whichever came first', async () => {
    const store = createAlertsStore({ ...main, reportError });
    const stop = store.getState().start();
    main.push('alerts.status', status(2));
    await main.answer('alerts.status', status(1));
    expect(store.getState().status?.firingCount).toBe(2);
    main.push('store.replaced', null);
    await main.answer('alerts.status', status(0));
    expect(store.getState().status?.firingCount).toBe(0);
    stop();
    expect(main.listenerCount('alerts.status')).toBe(0);
  });

  it('are turned off for a data source by a rule that is as the one that held', async () => {
    const store = createAlertsStore({ ...main, reportError });
    const own = defaultAlertRules.flatMap((rule) =>
      rule.kind === 'down' ? { ...rule, subjectId: id, forSeconds: 5 } : [],
    );
    const off = store.getState().turnOff('down', id);
    await main.answer('alerts.rules', [...defaultAlertRules, ...own]);
    expect(main.last('alerts.setRule').input).toEqual({ ...own[0], enabled: false });
    await main.fail('alerts.setRule', failure);
    expect(await off).toBe(false);
    expect(reported).toEqual(['STORE_FAILED']);
  });
});

describe('the alerts that are over', () => {
  it('are read to the last page, and shown when all are there', async () => {
    const { getState } = createPastAlertsStore(main);
    void getState().refresh();
    await main.answer('alerts.history', { alerts: [past(3), past(2)], hasMore: true });
    expect(getState().isRead).toBe(false);
    expect(main.last('alerts.history').input).toMatchObject({ beforeId: 2 });
    await main.answer('alerts.history', { alerts: [past(1)], hasMore: false });
    expect(getState().alerts.map((alert) => alert.id)).toEqual([3, 2, 1]);
  });

  it('are never those of another filter, nor is their failure', async () => {
    const { getState } = createPastAlertsStore(main);
    void getState().refresh();
    const first = main.last('alerts.history');
    getState().setFilter({ kind: 'down' });
    first.reject(failure);
    await main.answer('alerts.history', { alerts: [past(1)], hasMore: false });
    expect(getState()).toMatchObject({ error: null, alerts: [{ id: 1 }] });
  });
});

describe('the rules of alerts', () => {
  it('are changed one after the other, and are as main answers', async () => {
    const { getState } = createAlertRulesStore({ ...main, reportError });
    const [rule] = defaultAlertRules;
    if (rule === undefined) throw new Error('There are no rules');
    void getState().set({ ...rule, enabled: false });
    void getState().remove({ ...rule, subjectId: id });
    await settle();
    await main.fail('alerts.setRule', failure);
    expect(reported).toEqual(['STORE_FAILED']);
    expect(main.last('alerts.removeRule').input).toEqual({ kind: rule.kind, subjectId: id });
    await main.answer('alerts.removeRule', [rule]);
    expect(getState().rules).toEqual([rule]);
  });
});
