import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../../../tests/support/testStore.ts';
import type { NewHistoryEntry } from '../query/QueryHistory.ts';
import { SqliteHistoryRepository } from './SqliteHistoryRepository.ts';

const sourceId = randomUUID();
const entry = (text: string, overrides: Partial<NewHistoryEntry> = {}): NewHistoryEntry => ({
  ...{ sourceId, sourceName: 'Shop', text, startedAt: 1, durationMs: 2.5, rowCount: 3 },
  ...{ outcome: 'done', error: null },
  ...overrides,
});
const all = { search: '', sourceId: null, beforeId: null, limit: 100 };

describe('SqliteHistoryRepository', () => {
  const create = (limits?: ConstructorParameters<typeof SqliteHistoryRepository>[1]) =>
    new SqliteHistoryRepository(openTestStore(), limits);
  const textsOf = (history: SqliteHistoryRepository, input: Partial<typeof all> = {}) =>
    history.find({ ...all, ...input }, 100).entries.map(({ text }) => text);

  it('gives the newest first, as they were', () => {
    const history = create();
    const failed = entry('SELECT 2', { outcome: 'failed', error: 'syntax error', rowCount: null });
    history.add([entry('SELECT 1'), failed]);
    const { entries } = history.find(all, 100);
    expect(entries).toMatchObject([failed, entry('SELECT 1')]);
    expect(history.find({ ...all, beforeId: entries[0]?.id ?? 0 }, 100).entries).toHaveLength(1);
  });

  it('shortens long texts in lists only', () => {
    const history = create();
    const text = `SELECT '${'é'.repeat(5_000)}'`;
    history.add([entry(text)]);
    const [found] = history.find(all, 100).entries;
    expect(found).toMatchObject({ text: text.slice(0, 2_000), isShortened: true });
    expect(history.text(found?.id ?? 0)).toBe(text);
    expect(history.text(999)).toBeNull();
  });

  it('finds what a text holds, whatever its case, and takes no sign for a wildcard', () => {
    const history = create();
    history.add([entry('select Ä from a'), entry('SELECT 100%'), entry('SELECT a_b'), entry("SELECT '\\'")]);
    expect(textsOf(history, { search: 'SELECT' })).toHaveLength(4);
    expect(textsOf(history, { search: 'ä' })).toEqual(['select Ä from a']);
    expect(textsOf(history, { search: '0%' })).toEqual(['SELECT 100%']);
    expect(textsOf(history, { search: 'a_b' })).toEqual(['SELECT a_b']);
    expect(textsOf(history, { search: '\\' })).toEqual(["SELECT '\\'"]);
  });

  it('looks at a part at a time, and says where to go on', () => {
    const history = create();
    history.add([entry('a'), entry('b'), entry('a'), entry('b'), entry('b')]);
    const first = history.find({ ...all, search: 'a' }, 2);
    expect(first).toEqual({ entries: [], nextBeforeId: 4 });
    const second = history.find({ ...all, search: 'a', beforeId: 4 }, 2);
    expect(second.entries.map(({ id }) => id)).toEqual([3]);
    expect(history.find({ ...all, beforeId: 2 }, 2).nextBeforeId).toBeNull();
  });

  it('finds those of one data source', () => {
    const history = create();
    const other = randomUUID();
    history.add([entry('a'), entry('b', { sourceId: other })]);
    expect(history.find({ ...all, sourceId: other }, 100).entries).toMatchObject([{ text: 'b' }]);
  });

  it('forgets the oldest above its limits of entries and of text', () => {
    const byCount = create({ entryCount: 3, textBytes: 1_000 });
    byCount.add([entry('a'), entry('b')]);
    byCount.add([entry('c'), entry('d')]);
    expect(textsOf(byCount)).toEqual(['d', 'c', 'b']);
    const byText = create({ entryCount: 100, textBytes: 10 });
    byText.add([entry('aaaa'), entry('bbbb'), entry('cccc')]);
    expect(textsOf(byText)).toEqual(['cccc', 'bbbb']);
    byText.add([entry('d'.repeat(50))]);
    expect(textsOf(byText)).toEqual(['d'.repeat(50)]);
  });

  it('begins anew when it was cleared', () => {
    const history = create({ entryCount: 2, textBytes: 1_000 });
    history.add([entry('a'), entry('b')]);
    history.clear();
    history.add([entry('c')]);
    expect(textsOf(history)).toEqual(['c']);
  });
});
