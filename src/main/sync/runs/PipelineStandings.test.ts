import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { somePipeline } from '../../../../tests/support/somePipeline.ts';
import { openTestStore } from '../../../../tests/support/testStore.ts';
import type { RunReason } from '../../../shared/model/runs.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { SqlitePipelineRepository } from '../../store/SqlitePipelineRepository.ts';
import { SavedPipelines } from '../SavedPipelines.ts';
import { type KnownStanding, PipelineStandings } from './PipelineStandings.ts';
import { RunBook } from './RunBook.ts';

const from = '1b4e28ba-2fa1-4d1a-8f0b-6f1d1c2b3a4d';
const failure = someErrorDto('NOT_FOUND');

function underTest(database = openTestStore()) {
  const clock = new FakeClock();
  const repository = new SqlitePipelineRepository(database, silentLogger);
  const saved = new SavedPipelines(repository, silentLogger);
  const book = new RunBook({ repository, keptRuns: () => 10, clock });
  const standings = new PipelineStandings({ saved, book, clock, logger: silentLogger });
  const told: KnownStanding[] = [];
  standings.onChanged.on((standing) => told.push(standing));
  const add = () =>
    saved.save({ id: null, revision: null, pipeline: somePipeline({ from, to: from }) }).saved.id;
  const begin = (id: string, reason: RunReason = { type: 'hand' }) =>
    book.begin(id, reason, { revision: 1, folder: null }).id;
  const fail = (id: string) => book.news({ type: 'failed', id, failure, retryAt: null });
  const now = (id: string) => {
    standings.changed(id);
    return told.at(-1);
  };
  return { add, begin, book, clock, database, fail, now, saved, standings, told };
}

describe('PipelineStandings', () => {
  it('has the failure of the last run until one succeeds, also after a restart', async () => {
    const { add, begin, book, database, fail, now } = underTest();
    const [id, other] = [add(), add()];
    fail(begin(id));
    expect(now(id)).toEqual({ id, failure: failure.title, dueSince: null });
    book.change(begin(id), (run) => ({ ...run, state: 'cancelled' }));
    const after = underTest(database);
    await after.standings.start();
    expect(after.told).toEqual([
      { id, failure: failure.title, dueSince: null },
      { id: other, failure: null, dueSince: null },
    ]);
    after.book.change(after.begin(id), (run) => ({ ...run, state: 'succeeded' }));
    expect(after.now(id)?.failure).toBeNull();
  });

  it('says since when a run is due that nobody has begun, and nothing of what waits behind another one', async () => {
    const { add, begin, book, clock, now, standings } = underTest();
    const id = add();
    const run = begin(id, { type: 'schedule', slot: 700 });
    expect(now(id)?.dueSince).toBe(700);
    book.news({ type: 'started', id: run, attempt: 1, worker: 'here' });
    begin(id);
    expect(now(id)?.dueSince).toBeNull();
    book.news({ type: 'failed', id: run, failure, retryAt: null });
    await clock.advance(1_000);
    expect(now(id)?.dueSince).toBe(clock.wallMs() - 1_000);
    expect([...standings.dueMs()]).toEqual([[id, 1_000]]);
  });

  it('takes nothing for due while the run or the pipeline is paused', () => {
    const { add, begin, book, now, saved } = underTest();
    const id = add();
    const run = begin(id);
    book.change(run, (one) => ({ ...one, state: 'paused' }));
    expect(now(id)?.dueSince).toBeNull();
    book.change(run, (one) => ({ ...one, state: 'waiting' }));
    expect(now(id)?.dueSince).not.toBeNull();
    saved.setEnabled(id, false);
    expect(now(id)?.dueSince).toBeNull();
  });
});
