import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { AppError } from '../base/AppError.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteHistoryRepository } from '../store/SqliteHistoryRepository.ts';
import { History } from './History.ts';
import type { HistoryRepository, NewHistoryEntry } from './QueryHistory.ts';

const entry = (text: string): NewHistoryEntry => ({
  ...{ sourceId: randomUUID(), sourceName: 'Shop', text, startedAt: 1, durationMs: 1, rowCount: null },
  ...{ outcome: 'done', error: null },
});
const first = { search: '', sourceId: null, beforeId: null, limit: 2 };

describe('History', () => {
  let clock: FakeClock;
  let repository: HistoryRepository;
  let addCount: number;
  let history: History;

  beforeEach(() => {
    clock = new FakeClock();
    const kept = new SqliteHistoryRepository(openTestStore());
    addCount = 0;
    repository = {
      add: (entries) => {
        addCount += 1;
        kept.add(entries);
      },
      find: (input, count) => kept.find(input, count),
      text: (id) => kept.text(id),
      clear: () => kept.clear(),
    };
    history = new History({ repository, clock, logger: silentLogger });
  });

  it('writes what ran within a moment together, and by itself', async () => {
    for (let count = 0; count < 100; count += 1) history.add(entry(`SELECT ${count}`));
    expect(addCount).toBe(0);
    await clock.advance(250);
    expect(addCount).toBe(1);
    history.add(entry('x'.repeat(1_000_001)));
    expect(addCount).toBe(2);
    expect(clock.pendingCount).toBe(0);
  });

  it('gives pages that hold what ran just now, and says whether there are more', async () => {
    for (const text of ['a', 'b', 'c']) history.add(entry(text));
    const page = await history.page(first);
    expect(page).toMatchObject({ entries: [{ text: 'c' }, { text: 'b' }], hasMore: true });
    const next = await history.page({ ...first, beforeId: page.entries.at(-1)?.id ?? null });
    expect(next).toMatchObject({ entries: [{ text: 'a' }], hasMore: false });
  });

  it('searches all of it, however long ago', async () => {
    history.add(entry('the oldest'));
    for (let count = 0; count < 450; count += 1) history.add(entry(`SELECT ${count}`));
    const page = await history.page({ ...first, search: 'oldest' });
    expect(page).toMatchObject({ entries: [{ text: 'the oldest' }], hasMore: false });
  });

  it('lets no statement fail because its entry cannot be written', async () => {
    repository.add = () => {
      throw new AppError('DISK_FULL', { title: 'full' });
    };
    history.add(entry('a'));
    history.flush();
    expect(await history.page(first)).toEqual({ entries: [], hasMore: false });
  });
});
