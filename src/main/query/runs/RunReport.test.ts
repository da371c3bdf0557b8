import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import type { RunMessage } from '../../../shared/model/query.ts';
import { neverAborted } from '../../base/abort.ts';
import { RunReport } from './RunReport.ts';

const started = (index: number): RunMessage => ({ type: 'started', index, at: 0 });
const rows = (rowCount: number, resultId = 'a') =>
  ({
    type: 'rows',
    index: 0,
    resultId,
    rowCount,
    byteCount: 0,
    isComplete: false,
    isLimited: false,
  }) as const;

describe('RunReport', () => {
  it('gives what there is at once, at most 2,000 messages at a time, and ends after the last', async () => {
    const report = new RunReport();
    const batches = report.batches();
    const first = batches.next();
    report.push(started(0));
    expect((await first).value).toEqual([started(0)]);
    for (let index = 1; index <= 2_001; index += 1) report.push(started(index));
    report.end();
    expect((await batches.next()).value).toHaveLength(2_000);
    expect((await batches.next()).value).toHaveLength(1);
    expect((await batches.next()).done).toBe(true);
  });

  it('replaces progress that nobody has taken by newer progress of the same result', async () => {
    const report = new RunReport();
    for (const message of [rows(1), rows(2), rows(1, 'b'), rows(3)]) report.rows(message);
    expect((await report.batches().next()).value).toEqual([rows(2), rows(1, 'b'), rows(3)]);
  });

  it('reports a session only when it has changed', async () => {
    const report = new RunReport();
    const session = { backendId: 1, transaction: 'none', holds: [], searchPath: null, modes: null } as const;
    report.session({ ...session, holds: [] });
    report.session({ ...session, holds: [] });
    report.session(null);
    expect((await report.batches().next()).value).toHaveLength(2);
  });

  it('lets a run wait for a reader who is far behind', async () => {
    const report = new RunReport();
    for (let index = 0; index <= 10_000; index += 1) report.push(started(index));
    let hasRoom = false;
    void report.room(neverAborted).then(() => {
      hasRoom = true;
    });
    await settle();
    expect(hasRoom).toBe(false);
    await report.batches().next();
    await settle();
    expect(hasRoom).toBe(true);
  });
});
