import { describe, expect, it } from 'vitest';
import { findEntries } from './settingsGroups.ts';

const found = (search: string) => findEntries(search).map(({ key }) => key);

describe('the search in the settings', () => {
  it('finds what stands in a group, by all words in any order', () => {
    expect(found('passphrase lock')).toEqual(['vault', 'appLock']);
    expect(found('dark')).toEqual(['theme']);
    expect(found('security backup')).toEqual(['backups']);
    expect(found('nothing like this')).toEqual([]);
  });
});
