import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { silentLogger } from '../observability/Logger.ts';
import { StatementStatistics } from '../observability/statistics/StatementStatistics.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqliteStatisticsRepository } from './SqliteStatisticsRepository.ts';

const someStatement = (fingerprint: string, durationMs = 5) => {
  const statement = new StatementStatistics(fingerprint, `select ${fingerprint}`);
  const run = { at: 1_000, durationMs, rows: 2, outcome: 'error', errorCode: '42P01', isSlow: true } as const;
  statement.add(run);
  return statement.kept();
};
const [one, other] = [someStatement('0123456789abcdef'), someStatement('fedcba9876543210')];

describe('SqliteStatisticsRepository', () => {
  function setUp() {
    const database = openTestStore();
    const dataSources = new SqliteDataSourceRepository({
      ...{ database, signer: new TestSigner(), logger: silentLogger },
    });
    const source = someDataSource();
    dataSources.put(source, {});
    return { database, dataSources, id: source.id, statistics: new SqliteStatisticsRepository(database) };
  }

  it('gives back what was written, replaces it, and forgets what it is told to', () => {
    const { id, statistics } = setUp();
    statistics.write(id, [one, other], []);
    expect(statistics.load(id)).toEqual([one, other]);
    const later = someStatement(one.fingerprint, 70);
    statistics.write(id, [later], [other.fingerprint]);
    expect(statistics.load(id)).toEqual([later]);
    expect(statistics.load(randomUUID())).toEqual([]);
  });

  it('leaves out what cannot be read', () => {
    const { database, id, statistics } = setUp();
    statistics.write(id, [one, other], []);
    const spoil = database.prepare('UPDATE statement_statistics SET figures = ? WHERE fingerprint = ?');
    spoil.run('{"counts":{}}', one.fingerprint);
    expect(statistics.load(id)).toEqual([other]);
    spoil.run('{', other.fingerprint);
    expect(statistics.load(id)).toEqual([]);
  });

  it('goes with its data source, and keeps nothing of one that is gone', () => {
    const { database, dataSources, id, statistics } = setUp();
    statistics.write(id, [one], []);
    statistics.write(randomUUID(), [one], []);
    const count = database.prepare('SELECT count(*) AS count FROM statement_statistics');
    expect(count.get()).toEqual({ count: 1 });
    dataSources.markRemoved(id, 1);
    // It can still be restored.
    expect(statistics.load(id)).toHaveLength(1);
    dataSources.purgeRemoved();
    expect(count.get()).toEqual({ count: 0 });
  });

  it('forgets one data source, or all', () => {
    const { dataSources, id, statistics } = setUp();
    const second = someDataSource({ name: 'Second' });
    dataSources.put(second, {});
    for (const source of [id, second.id]) statistics.write(source, [one], []);
    statistics.clear(id);
    expect([statistics.load(id).length, statistics.load(second.id).length]).toEqual([0, 1]);
    statistics.clearAll();
    expect(statistics.load(second.id)).toEqual([]);
  });
});
