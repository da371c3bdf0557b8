import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqlitePreferencesRepository } from './SqlitePreferencesRepository.ts';

const schema = z.strictObject({ theme: z.enum(['light', 'dark']) });
const fallback = { theme: 'light' } as const;

describe('SqlitePreferencesRepository', () => {
  it('gives back what was written last, and the fallback where nothing was', () => {
    const preferences = new SqlitePreferencesRepository(openTestStore(), silentLogger);
    expect(preferences.read('appearance', schema, fallback)).toEqual(fallback);
    preferences.write('appearance', { theme: 'light' });
    preferences.write('appearance', { theme: 'dark' });
    expect(preferences.read('appearance', schema, fallback)).toEqual({ theme: 'dark' });
  });

  it.each([
    ['not JSON', 'dark'],
    ['of another shape', '{"theme":"pink"}'],
  ])('falls back, and leaves the value alone, when it is %s', (_, value) => {
    const database = openTestStore();
    const preferences = new SqlitePreferencesRepository(database, silentLogger);
    database.prepare("INSERT INTO preferences (key, value) VALUES ('appearance', ?)").run(value);
    expect(preferences.read('appearance', schema, fallback)).toEqual(fallback);
    expect(database.prepare('SELECT value FROM preferences').all()).toEqual([{ value }]);
  });
});
