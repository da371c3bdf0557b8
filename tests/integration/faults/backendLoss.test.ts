import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { Administrator, type Marks } from '../../support/faults/Administrator.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { failureOf } from '../../support/postgresClusterSession.ts';

const server = inject('postgres');
const administrator = new Administrator(server);
let source: ManagerUnderTest;
let marks: Marks;

beforeEach(async () => {
  source = new ManagerUnderTest(server, { password: server.password });
  marks = await administrator.createMarks();
});

afterEach(() => source.dispose());

describe('a session that an administrator ends', () => {
  it('while it is idle is replaced before anybody notices (row 2)', async () => {
    await source.connect();
    const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
    await administrator.terminate(before);
    await source.run(marks.sql('after'));
    const after = await administrator.untilBackends(source.applicationName, 2);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    expect(await marks.counts()).toEqual({ after: 1 });
    await source.untilStatus('ready');
  });

  it('one of two idle ones goes without a change of state (row 2)', async () => {
    await source.connect();
    const [victim = 0, witness] = await administrator.untilBackends(source.applicationName, 2, 'idle');
    await administrator.terminate([victim]);
    await until(async () => {
      const pids = (await administrator.backends(source.applicationName)).map(({ pid }) => pid);
      expect(pids).toHaveLength(2);
      expect(pids).toContain(witness);
      expect(pids).not.toContain(victim);
    });
    expect(source.statuses).toEqual(['connecting', 'ready']);
  });

  it('while it runs a statement fails that statement once and no other (row 3)', async () => {
    await source.run(marks.sql('before'));
    const failing = failureOf(source.run(marks.sql('lost', 30)));
    const [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'active');
    await administrator.terminate([pid]);
    const failure = await failing;
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '57P01', retryable: false });
    expect(failure.detail).toContain('may or may not have run');
    await source.run(marks.sql('after'));
    expect(await marks.counts()).toEqual({ before: 1, after: 1 });
    await source.untilStatus('ready');
    expect(
      (await administrator.backends(source.applicationName)).map((backend) => backend.pid),
    ).not.toContain(pid);
  });

  it('in the middle of reading rows ends the reading with an error, never as if all rows had come (row 4)', async () => {
    const read: number[] = [];
    const reading = source.manager.withConnection(source.id, neverAborted, async (connection, describer) => {
      const relation = { schema: 'pg_catalog', name: 'pg_attribute' };
      const reader = await describer.readRows(connection, relation, 100_000, { signal: neverAborted });
      const first = await reader.next(40, { signal: neverAborted });
      read.push(first.length);
      await administrator.terminate([connection.backendId ?? 0]);
      for (;;) {
        const rows = await reader.next(40, { signal: neverAborted });
        read.push(rows.length);
        if (rows.length === 0) return;
      }
    });
    expect((await failureOf(reading)).code).toBe('CONNECTION_LOST');
    expect(read[0]).toBe(40);
    expect(read).not.toContain(0);
    expect(await source.run('select 1')).toEqual([['1']]);
  });
});
