import { describe, expect, it } from 'vitest';
import type { ServerSetting } from '../../../shared/model/serverSettings.ts';
import { settingsText, shownSettings } from './settingRows.ts';

const setting = (name: string, more: Partial<ServerSetting> = {}): ServerSetting => ({
  name,
  ...{ value: null, unit: null, category: null, description: null, accepts: null, source: null, file: null },
  ...{ line: null, scope: null, defaultValue: null, resetValue: null, isPending: false, isChanged: false },
  ...more,
});

const settings = [
  setting('work_mem', { value: '64MB', description: 'Memory for sorts.', isChanged: true }),
  setting('max_connections', { value: '100', isPending: true }),
  setting('shared_buffers', { value: '128MB', category: 'Resource usage / Memory' }),
];
const byName = { column: 'name', isDescending: false } as const;
const namesOf = (shown: readonly ServerSetting[]) => shown.map(({ name }) => name);

describe('the list of server settings', () => {
  it('finds what holds every word, in names, values, categories and descriptions', () => {
    const view = { onlyChanged: false, sort: byName };
    expect(namesOf(shownSettings(settings, { ...view, search: 'MEMORY mb' }))).toEqual([
      'shared_buffers',
      'work_mem',
    ]);
  });

  it('counts a value that waits for a restart as changed', () => {
    const view = { search: '', onlyChanged: true, sort: byName };
    expect(namesOf(shownSettings(settings, view))).toEqual(['max_connections', 'work_mem']);
  });

  it('is copied one line each', () => {
    expect(settingsText(settings.slice(0, 2))).toBe('work_mem = 64MB\nmax_connections = 100\n');
  });
});
