import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { someResult } from '../../../../tests/support/queueUnderTest.ts';
import { noProgress } from '../../../shared/model/runs.ts';
import { defaultTimings } from './queueTimings.ts';
import { settle } from './RunSettlement.ts';
import { readTaking } from './runRecords.ts';
import { TakenJob, type TakenJobOptions } from './TakenJob.ts';

/**
 * A run that was taken. Its store is made up: what is tested lasts for less than a millisecond with a real one.
 * @param isLocked whether the store says that the run is this worker's
 */
function takenJob(isLocked: boolean) {
  const told: string[] = [];
  const backend: TakenJobOptions['backend'] = {
    getJobLogs: async () => ({ logs: [], count: 0 }),
    addLog: async () => 1,
    extendLock: async () => (isLocked ? 1 : 0),
    updateProgress: async (_id, value) => void told.push(`read ${readTaking(value)?.progress.readCount}`),
  };
  const job: TakenJobOptions['job'] = {
    attemptsMade: 0,
    moveToWait: async () => 1,
    moveToFailed: async () => undefined,
    moveToCompleted: async () => void told.push('completed'),
  };
  const run = { id: crypto.randomUUID(), pipelineId: crypto.randomUUID(), sealed: '', maxAttempts: 1 };
  const about = { token: crypto.randomUUID(), worker: 'here', clock: new FakeClock(), lockMs: 15_000 };
  return { taken: new TakenJob({ job, run, backend, ...about }), told };
}

describe('A run that a worker has taken', () => {
  it.each([
    [true, ['read 9', 'completed']],
    [false, ['completed']],
  ])(
    'tells its last figures before its end also when the queue was away for long, if it is ours: %s',
    async (isLocked, expected) => {
      const { taken, told } = takenJob(isLocked);
      taken.progress({ ...noProgress, readCount: 9 });
      taken.lose();
      await settle(taken, { type: 'succeeded', result: someResult }, defaultTimings);
      expect(told).toEqual(expected);
    },
  );
});
