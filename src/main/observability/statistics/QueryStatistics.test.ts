import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import type { StatementPageInput } from '../../../shared/model/statementStatistics.ts';
import { AppError } from '../../base/AppError.ts';
import type { StatementOutcome } from '../../base/statementKinds.ts';
import { type LogFields, silentLogger } from '../Logger.ts';
import { QueryStatistics } from './QueryStatistics.ts';
import type { KeptStatement, StatisticsRepository } from './StatisticsRepository.ts';

const id = '5b2c9a52-9f5d-4a4e-8b39-0d7a0c1d2e3f';
const input: StatementPageInput = {
  ...{ id, search: '', offset: 0, limit: 500, revision: null },
  sort: { column: 'totalMs', isDescending: true },
};

/** Keeps in memory; `fails` while the disk is full. */
class MemoryRepository implements StatisticsRepository {
  readonly kept = new Map<string, KeptStatement>();
  writeCount = 0;
  fails = false;

  load(): KeptStatement[] {
    return [...this.kept.values()];
  }

  write(_id: string, statements: readonly KeptStatement[], forgotten: readonly string[]): void {
    if (this.fails) throw new AppError('DISK_FULL', { title: 'full' });
    this.writeCount += 1;
    for (const fingerprint of forgotten) this.kept.delete(fingerprint);
    for (const statement of statements) this.kept.set(statement.fingerprint, statement);
  }

  clear(): void {
    this.kept.clear();
  }

  clearAll(): void {
    this.kept.clear();
  }
}

describe('QueryStatistics', () => {
  let clock: FakeClock;
  let repository: MemoryRepository;
  let slowStatementMs: number;
  let lines: LogFields[];
  let statistics: QueryStatistics;

  const create = (isKept = true) =>
    new QueryStatistics({
      ...{ repository, clock, isKept },
      logger: { ...silentLogger, warn: (_message, fields = {}) => void lines.push(fields) },
      sourceOf: (source) => (source === id ? { language: sqlLanguageOf('postgres'), slowStatementMs } : null),
    });

  beforeEach(() => {
    clock = new FakeClock();
    repository = new MemoryRepository();
    slowStatementMs = 0;
    lines = [];
    statistics = create();
  });

  const run = (
    text: string,
    durationMs = 1,
    outcome: StatementOutcome = 'ok',
    { rowCount = 1, errorCode = null }: { rowCount?: number; errorCode?: string | null } = {},
  ) => {
    const ended = { text, modes: undefined, rowCount, errorCode };
    statistics.recorderOf(id).statement(durationMs, 'user', outcome, ended);
  };
  const page = async (change: Partial<StatementPageInput> = {}) => {
    const found = await statistics.page({ ...input, ...change });
    if (found === null) throw new Error('Nothing has changed');
    return found;
  };
  const only = async () => {
    const [statement] = (await page()).statements;
    if (statement === undefined) throw new Error('No statement');
    return statement;
  };

  it('counts statements together that differ in their values only', async () => {
    run('select * from t where a = 1', 10, 'ok', { rowCount: 3 });
    await clock.advance(1_000);
    run('SELECT * FROM t WHERE a = 2', 30, 'ok', { rowCount: 4 });
    run('select 1', 5);
    const { statements, matchCount, totalCount } = await page();
    expect(statements.map(({ text }) => text)).toEqual(['select * from t where a = ?', 'select ?']);
    expect([matchCount, totalCount]).toEqual([2, 2]);
    expect(statements[0]).toMatchObject({ calls: 2, totalMs: 40, meanMs: 20, rows: 7, errors: 0 });
    expect(statements[0]?.lastAt).toBe(clock.wallMs());
    expect(statements[0]?.trend.at(-1)).toBe(40);
    expect(statements[0]?.fingerprint).toMatch(/^[\da-f]{16}$/);
  });

  it('takes no time from what was cancelled, and counts failures by code', async () => {
    run('select a', 9_000, 'cancelled', { errorCode: '57014' });
    expect(await only()).toMatchObject({
      calls: 1,
      cancels: 1,
      errors: 0,
      totalMs: 0,
      meanMs: null,
      p99Ms: null,
    });
    run('select a', 8, 'error', { errorCode: '42P01' });
    run('select a', 4, 'error', { errorCode: '42P01' });
    run('select a', 60_000, 'timeout', { errorCode: 'QUERY_TIMEOUT' });
    const { errors, fingerprint } = await only();
    expect(errors).toBe(3);
    const detail = statistics.detail(id, fingerprint);
    expect(detail.errors).toEqual([
      { code: '42P01', count: 2 },
      { code: '57014', count: 1 },
      { code: 'QUERY_TIMEOUT', count: 1 },
    ]);
    expect(detail.slowest.map(({ durationMs, outcome }) => [durationMs, outcome])).toEqual([
      [60_000, 'timeout'],
      [9_000, 'cancelled'],
      [8, 'error'],
    ]);
  });

  it('never holds a value, in memory or kept', async () => {
    run(`alter role bob password 'hunter2'`);
    run(`select 'hunter2'`);
    run(`select 'it's hunter2'`, 1, 'error', { errorCode: '42601' });
    const { statements } = await page();
    const details = statements.map(({ fingerprint }) => statistics.detail(id, fingerprint));
    statistics.stop();
    expect(repository.kept.size).toBe(3);
    expect(JSON.stringify([statements, details, [...repository.kept.values()]])).not.toContain('hunter2');
  });

  it('ignores what is no statement of a person', async () => {
    statistics.recorderOf(id).statement(1, 'health', 'ok');
    expect((await page()).totalCount).toBe(0);
  });

  it('keeps the statements that took most time', async () => {
    run('select slow', 1_000);
    for (let index = 0; index < 600; index += 1) run(`select c${index}`, 1 + index / 1_000);
    const { statements, totalCount, droppedCount } = await page();
    expect([totalCount, droppedCount, statements.length]).toEqual([500, 101, 500]);
    expect(statements[0]?.text).toBe('select slow');
    // What was dropped before begins anew, and is not mixed up with another.
    run('select c0', 50);
    expect((await page({ search: 'c0' })).statements[0]).toMatchObject({ calls: 1, text: 'select c0' });
  });

  it('finds and sorts, and sends a part', async () => {
    run('select a from x', 5);
    run('select b from x', 7);
    run('select b from x', 7, 'error', { errorCode: '1' });
    run('delete from y', 1);
    expect((await page({ search: ' FROM X ' })).matchCount).toBe(2);
    const sort = { column: 'calls', isDescending: true } as const;
    expect((await page({ sort })).statements[0]?.text).toBe('select b from x');
    const byText = { sort: { column: 'statement', isDescending: false } as const, offset: 1, limit: 1 };
    expect((await page(byText)).statements.map(({ text }) => text)).toEqual(['select a from x']);
  });

  it('sends nothing that has not changed', async () => {
    run('select 1');
    const { revision } = await page();
    expect(await statistics.page({ ...input, revision })).toBeNull();
    run('select 2');
    expect(await statistics.page({ ...input, revision })).not.toBeNull();
  });

  it('writes once a minute what has changed, and goes on from there after a restart', async () => {
    run('select 1', 10);
    run('select 1', 20);
    await clock.advance(59_000);
    expect(repository.writeCount).toBe(0);
    await clock.advance(2_000);
    expect(repository.writeCount).toBe(1);
    run('select 1', 30);
    statistics.stop();
    statistics = create();
    run('select 2', 40);
    expect(await only()).toMatchObject({ calls: 4, totalMs: 100 });
    expect(clock.pendingCount).toBeLessThanOrEqual(2);
  });

  it('tries again what could not be written', async () => {
    repository.fails = true;
    run('select 1');
    await clock.advance(61_000);
    expect(repository.kept.size).toBe(0);
    repository.fails = false;
    run('select a');
    await clock.advance(61_000);
    expect(repository.kept.size).toBe(2);
  });

  it('keeps nothing when that is not wanted', async () => {
    run('select 1');
    statistics.setKept(false);
    await clock.advance(61_000);
    statistics.stop();
    expect(repository.kept.size).toBe(0);
    // What is in memory is kept from the moment in which it is wanted.
    statistics.setKept(true);
    await clock.advance(61_000);
    expect(repository.kept.size).toBe(1);
    statistics.setKept(false);
    expect(repository.kept.size).toBe(0);
  });

  it('forgets a data source when it is reset, and when it is gone', async () => {
    run('select 1');
    await page();
    statistics.stop();
    statistics.reset(id);
    expect([(await page()).totalCount, repository.kept.size]).toEqual([0, 0]);
    run('select 1');
    await page();
    statistics.sourcesChanged([id]);
    // It can still be restored, with its statistics.
    expect(repository.kept.size).toBe(1);
    expect((await page()).totalCount).toBe(1);
    await expect(statistics.page({ ...input, id: 'gone' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(() => statistics.detail(id, 'ffffffffffffffff')).toThrow('no statistics');
  });

  it('tells what was slow: in the log without its text, and by a count', async () => {
    run('select 1', 100_000);
    slowStatementMs = 500;
    run('select 1', 500);
    // The threshold is looked up when data sources were saved.
    statistics.sourcesChanged([]);
    run('select 1', 500);
    for (let index = 0; index < 8; index += 1) run('select 1', 501);
    const { fingerprint, slow } = await only();
    expect(slow).toBe(8);
    await clock.advance(60_001);
    const line = { dataSourceId: id, fingerprint, durationMs: 501, outcome: 'ok' };
    expect(lines).toEqual([...new Array(5).fill(line), { ...line, count: 3 }]);
  });

  it('only counts runs that come faster than they can be read', async () => {
    for (let index = 0; index < 1_200; index += 1) run(`select ${index}`);
    expect(await page()).toMatchObject({ totalCount: 1, droppedCount: 200 });
  });
});
