import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import type { AlertHistoryInput, AlertRule } from '../../shared/model/alerts.ts';
import type { AlertRecord } from '../alerts/AlertRepository.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteAlertRepository } from './SqliteAlertRepository.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';

const day = 24 * 3_600_000;
const rule: AlertRule = {
  kind: 'error-rate',
  sourceId: null,
  ...{ threshold: 0.5, clearThreshold: 0.2, forSeconds: 30, enabled: true, notifies: false },
};
const everything: AlertHistoryInput = { kind: null, sourceId: null, beforeId: null, limit: 200 };

function setUp() {
  const database = openTestStore();
  const dataSources = new SqliteDataSourceRepository({
    ...{ database, signer: new TestSigner(), logger: silentLogger },
  });
  const source = someDataSource();
  dataSources.put(source, {});
  const repository = new SqliteAlertRepository(database);
  const firing = (id: number, overrides: Partial<AlertRecord> = {}): AlertRecord => ({
    ...{ id, kind: 'down', sourceId: source.id, sourceName: 'Orders', value: null, threshold: null },
    ...{ detail: 'refused', startedAt: id, endedAt: null, end: null },
    ...overrides,
  });
  const past = (id: number, overrides: Partial<AlertRecord> = {}) =>
    firing(id, { endedAt: id + 1, end: 'cleared', ...overrides });
  const ids = (input: Partial<AlertHistoryInput> = {}) =>
    repository.past({ ...everything, ...input }).map(({ id }) => id);
  return { database, dataSources, firing, id: source.id, ids, past, repository };
}

describe('SqliteAlertRepository', () => {
  it('keeps one rule of a kind for all data sources and one for each', () => {
    const { id, repository } = setUp();
    const own = { ...rule, sourceId: id, enabled: false };
    for (const one of [rule, own, { ...rule, forSeconds: 0 }]) repository.putRule(one);
    expect(repository.rules()).toEqual([{ ...rule, forSeconds: 0 }, own]);
    repository.removeRule({ kind: 'error-rate', sourceId: id });
    expect(repository.rules()).toEqual([{ ...rule, forSeconds: 0 }]);
  });

  it('leaves out what cannot be read', () => {
    const { database, repository } = setUp();
    repository.putRule(rule);
    const spoil = database.prepare('UPDATE alert_rules SET settings = ?');
    for (const settings of ['{', '{"kind":"down"}', JSON.stringify({ ...rule, threshold: 7 })]) {
      spoil.run(settings);
      expect(repository.rules()).toEqual([]);
    }
  });

  it('forgets rules and snoozes with their data source, and snoozes that have run out', () => {
    const { dataSources, id, repository } = setUp();
    repository.putRule({ ...rule, sourceId: id });
    repository.putSnooze({ kind: 'down', sourceId: id, until: 500 });
    repository.putSnooze({ kind: 'down', sourceId: id, until: 1_000 });
    repository.putSnooze({ kind: 'down', sourceId: randomUUID(), until: 1_000 });
    expect(repository.snoozes(999)).toEqual([{ kind: 'down', sourceId: id, until: 1_000 }]);
    expect(repository.snoozes(1_000)).toEqual([]);
    dataSources.markRemoved(id, 1);
    dataSources.purgeRemoved();
    expect([repository.rules(), repository.snoozes(0)]).toEqual([[], []]);
  });

  it('has an alert in the history once it is over, newest first, by kind and data source', () => {
    const { firing, id, ids, past, repository } = setUp();
    repository.write(
      [firing(1), past(2, { kind: 'pool-exhausted' }), past(3, { sourceId: randomUUID() })],
      0,
    );
    expect(ids()).toEqual([3, 2]);
    repository.write([past(1, { value: 4 })], 0);
    expect(ids()).toEqual([3, 2, 1]);
    expect(repository.past(everything).at(-1)).toEqual({ ...past(1), value: 4 });
    expect(ids({ sourceId: id })).toEqual([2, 1]);
    expect(ids({ kind: 'down', sourceId: id })).toEqual([1]);
    expect(ids({ beforeId: 3, limit: 1 })).toEqual([2, 1]);
    expect(repository.lastId()).toBe(3);
  });

  it('ends what a run that was killed has left firing', () => {
    const { firing, past, repository } = setUp();
    repository.write([firing(1, { startedAt: 10 }), past(2)], 0);
    repository.endLeft(70);
    expect(repository.past(everything).at(-1)).toMatchObject({ id: 1, end: 'app-closed', endedAt: 70 });
    expect(repository.past(everything)[0]).toMatchObject({ id: 2, end: 'cleared' });
  });

  it('drops the oldest of more than a thousand, and those of more than 90 days, but nothing that fires', () => {
    const { firing, ids, past, repository } = setUp();
    repository.write([firing(1), past(2)], 0);
    repository.write(
      Array.from({ length: 1_000 }, (_, index) => past(3 + index)),
      0,
    );
    expect(ids({ beforeId: 10 })).toEqual([9, 8, 7, 6, 5, 4, 3]);
    repository.write([past(1_003, { endedAt: 90 * day })], 91 * day);
    expect(ids()).toEqual([1_003]);
    repository.write([past(1)], 0);
    expect(ids()).toEqual([1_003, 1]);
  });
});
