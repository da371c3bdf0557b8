import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
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

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

describe('RunReport', () => {
  it('gives what there is at once, at most 2,000 messages at a time, and ends after the last', async () => {
    const report = new RunReport(clock);
    const batches = report.batches();
    const first = batches.next();
    report.push(started(0));
    report.push(rows(1));
    await clock.advance(8);
    expect((await first).value).toEqual([started(0), rows(1)]);
    for (let index = 1; index <= 2_001; index += 1) report.push(started(index));
    report.end();
    expect((await batches.next()).value).toHaveLength(2_000);
    expect((await batches.next()).value).toHaveLength(1);
    expect((await batches.next()).done).toBe(true);
  });

  it('gathers what comes first, but not for long, and a moment less once there are rows', async () => {
    const given = async (messages: readonly RunMessage[], afterMs: number) => {
      const report = new RunReport(clock);
      let batch: readonly RunMessage[] | null = null;
      void report
        .batches()
        .next()
        .then(({ value }) => {
          batch = value ?? [];
        });
      for (const message of messages) report.push(message);
      await clock.advance(afterMs);
      return batch;
    };
    expect(await given([started(0)], 57)).toBeNull();
    expect(await given([started(0)], 58)).toEqual([started(0)]);
    expect(await given([started(0), rows(1)], 7)).toBeNull();
    expect(await given([started(0), rows(1)], 8)).toEqual([started(0), rows(1)]);
  });

  it('replaces progress that nobody has taken by newer progress of the same result', async () => {
    const report = new RunReport(clock);
    for (const message of [rows(1), rows(2), rows(1, 'b'), rows(3)]) report.rows(message);
    report.end();
    expect((await report.batches().next()).value).toEqual([rows(2), rows(1, 'b'), rows(3)]);
  });

  it('reports a session only when it has changed', async () => {
    const report = new RunReport(clock);
    const session = { backendId: 1, transaction: 'none', holds: [], searchPath: null, modes: null } as const;
    report.session({ ...session, holds: [] });
    report.session({ ...session, holds: [] });
    report.session(null);
    report.end();
    expect((await report.batches().next()).value).toHaveLength(2);
  });

  it('lets a run wait for a reader who is far behind', async () => {
    const report = new RunReport(clock);
    for (let index = 0; index <= 10_000; index += 1) report.push(started(index));
    let hasRoom = false;
    void report.room(neverAborted).then(() => {
      hasRoom = true;
    });
    await settle();
    expect(hasRoom).toBe(false);
    const taken = report.batches().next();
    await clock.advance(58);
    await taken;
    await settle();
    expect(hasRoom).toBe(true);
  });
});
