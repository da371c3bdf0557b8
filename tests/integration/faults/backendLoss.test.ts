import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { RowStream } from '../../../src/main/connectors/RowStream.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest, type UnderTestOptions } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { firstRows } from '../../support/readRelation.ts';

const quiet = { signal: neverAborted };

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  const { sessionEnded } = engine.codes;
  let source: ManagerUnderTest;
  let marks: Marks;

  const use = (options: Partial<UnderTestOptions> = {}) => {
    source = new ManagerUnderTest(server, { engine, password, ...options });
  };

  beforeEach(async () => {
    use();
    marks = await administrator.createMarks();
  });

  afterEach(() => source.dispose());

  /** Reads to the end of a stream. */
  async function rest(rows: RowStream): Promise<void> {
    let batch = await rows.nextEncoded();
    while (batch.starts.length > 0) batch = await rows.nextEncoded();
  }

  describe('a session that an administrator ends', () => {
    it('while it is idle is replaced before anybody notices (row 2)', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await administrator.terminate(before);
      await administrator.untilReplaced(source.applicationName, before, 2);
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
      await source.untilStatus('ready');
    });

    it('one of two idle ones goes without a change of state (row 2)', async () => {
      // Its place is filled when the pool is tidied: every 5 s of the product's clock.
      use({ clock: fastClock(10), timeouts: { connectMs: 20_000 } });
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
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: sessionEnded, retryable: false });
      expect(failure.detail).toContain('may or may not have run');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ before: 1, after: 1 });
      await source.untilStatus('ready');
      expect(
        (await administrator.backends(source.applicationName)).map((backend) => backend.pid),
      ).not.toContain(pid);
    });

    it('in the middle of a result ends it with an error, never as if all rows had come (row 4)', async () => {
      const relation = await administrator.createLargeRelation();
      const { manager, id } = source;
      const lease = await manager.acquire(id, neverAborted);
      const { rows: reader } = manager.connectorFor(id);
      const found = await reader.find(lease.connection, relation, quiet);
      // As a table's rows are read into its result.
      const rows = await manager.readPage(id, lease.connection, found, firstRows(2_000), quiet);
      expect((await rows.nextEncoded()).starts.length).toBeGreaterThan(0);
      const open = await administrator.backends(source.applicationName);
      await administrator.terminate(open.map(({ pid }) => pid));
      const failure = await failureOf(rest(rows));
      // A server that waits for its rows to be read ends without a word.
      expect(failure.code).toBe('CONNECTION_LOST');
      await rows.close();
      lease.release();
      // That the others of the pool were ended as well may be heard of a moment later.
      await until(async () => expect(await source.run('select 1')).toEqual([['1']]));
    });
  });
});
