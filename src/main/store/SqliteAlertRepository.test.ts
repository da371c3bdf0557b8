import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { somePipeline } from '../../../tests/support/somePipeline.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore, temporaryFolder } from '../../../tests/support/testStore.ts';
import type { AlertHistoryInput, AlertRule } from '../../shared/model/alerts.ts';
import type { AlertRecord } from '../alerts/AlertRepository.ts';
import { silentLogger } from '../observability/Logger.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { SqliteAlertRepository } from './SqliteAlertRepository.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqlitePipelineRepository } from './SqlitePipelineRepository.ts';

const day = 24 * 3_600_000;
const rule: AlertRule = {
  kind: 'error-rate',
  subjectId: null,
  ...{ threshold: 0.5, clearThreshold: 0.2, forSeconds: 30, enabled: true, notifies: false },
};
const everything: AlertHistoryInput = { kind: null, subjectId: null, beforeId: null, limit: 200 };

function setUp() {
  const database = openTestStore();
  const dataSources = new SqliteDataSourceRepository({
    ...{ database, signer: new TestSigner(), logger: silentLogger },
  });
  const source = someDataSource();
  dataSources.put(source, {});
  const repository = new SqliteAlertRepository(database);
  const firing = (id: number, overrides: Partial<AlertRecord> = {}): AlertRecord => ({
    ...{ id, kind: 'down', subjectId: source.id, subjectName: 'Orders', value: null, threshold: null },
    ...{ detail: 'refused', startedAt: id, endedAt: null, end: null },
    ...overrides,
  });
  const past = (id: number, overrides: Partial<AlertRecord> = {}) =>
    firing(id, { endedAt: id + 1, end: 'cleared', ...overrides });
  const ids = (input: Partial<AlertHistoryInput> = {}) =>
    repository.past({ ...everything, ...input }).map(({ id }) => id);
  const pipelines = new SqlitePipelineRepository(database, silentLogger);
  return { database, dataSources, firing, id: source.id, ids, past, pipelines, repository };
}

describe('SqliteAlertRepository', () => {
  it('keeps one rule of a kind for all and one for each data source', () => {
    const { id, repository } = setUp();
    const own = { ...rule, subjectId: id, enabled: false };
    for (const one of [rule, own, { ...rule, forSeconds: 0 }]) repository.putRule(one);
    expect(repository.rules()).toEqual([{ ...rule, forSeconds: 0 }, own]);
    repository.removeRule({ kind: 'error-rate', subjectId: id });
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

  it('forgets rules and snoozes whose data source or pipeline is gone, and snoozes that have run out', () => {
    const { dataSources, id, pipelines, repository } = setUp();
    const pipelineId = randomUUID();
    pipelines.put({ id: pipelineId, revision: 1, pipeline: somePipeline({ from: id, to: id }) });
    const ofSource = { kind: 'down', subjectId: id } as const;
    const ofPipeline = { kind: 'pipeline-failed', subjectId: pipelineId } as const;
    for (const key of [ofSource, ofPipeline]) {
      repository.putRule({ ...rule, ...key, threshold: null, clearThreshold: null });
      repository.putSnooze({ ...key, until: 500 });
      repository.putSnooze({ ...key, until: 1_000 });
    }
    const left = () => [repository.rules().map(({ kind }) => kind), repository.snoozes(0).length];
    expect(repository.snoozes(999)).toEqual([ofSource, ofPipeline].map((key) => ({ ...key, until: 1_000 })));
    expect(repository.snoozes(1_000)).toEqual([]);
    repository.putRule(rule);
    dataSources.markRemoved(id, 1);
    repository.forgetGone();
    expect(left()).toEqual([['down', 'pipeline-failed', 'error-rate'], 2]);
    dataSources.purgeRemoved();
    repository.forgetGone();
    expect(left()).toEqual([['pipeline-failed', 'error-rate'], 1]);
    pipelines.remove(pipelineId);
    repository.forgetGone();
    expect(left()).toEqual([['error-rate'], 0]);
  });

  it('has what an older version kept, of data sources', () => {
    const folder = temporaryFolder();
    const older = allMigrations.filter(({ name }) => name < '2026_11_30_0002');
    const before = openTestStore({ folder, migrations: older });
    const [id, gone] = [randomUUID(), randomUUID()];
    const { subjectId: _none, ...settings } = rule;
    const putRule = before.prepare('INSERT INTO alert_rules VALUES (?, ?, ?)');
    before
      .prepare("INSERT INTO data_sources (id, fields, created_at, updated_at) VALUES (?, '{}', 0, 0)")
      .run(id);
    for (const sourceId of [null, id])
      putRule.run(rule.kind, sourceId, JSON.stringify({ ...settings, sourceId }));
    putRule.run('down', null, '{');
    before.prepare('INSERT INTO alert_snoozes VALUES (?, ?, ?)').run('down', id, 700);
    before
      .prepare("INSERT INTO alerts VALUES (7, 'down', ?, 'Orders', NULL, NULL, 'refused', 3, 9, 'cleared')")
      .run(gone);
    before.close();
    const repository = new SqliteAlertRepository(openTestStore({ folder }));
    expect(repository.rules()).toEqual([rule, { ...rule, subjectId: id }]);
    expect(repository.snoozes(0)).toEqual([{ kind: 'down', subjectId: id, until: 700 }]);
    expect(repository.past(everything)).toMatchObject([
      { id: 7, kind: 'down', subjectId: gone, subjectName: 'Orders', detail: 'refused', end: 'cleared' },
    ]);
  });

  it('has an alert in the history once it is over, newest first, by kind and data source', () => {
    const { firing, id, ids, past, repository } = setUp();
    repository.write(
      [firing(1), past(2, { kind: 'pool-exhausted' }), past(3, { subjectId: randomUUID() })],
      0,
    );
    expect(ids()).toEqual([3, 2]);
    repository.write([past(1, { value: 4 })], 0);
    expect(ids()).toEqual([3, 2, 1]);
    expect(repository.past(everything).at(-1)).toEqual({ ...past(1), value: 4 });
    expect(ids({ subjectId: id })).toEqual([2, 1]);
    expect(ids({ kind: 'down', subjectId: id })).toEqual([1]);
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
