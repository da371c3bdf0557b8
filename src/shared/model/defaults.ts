import type { Preferences } from './appInfo.ts';
import { defaultActivityView } from './defaultActivityView.ts';
import type { MonitoringSettings } from './monitoring.ts';
import { plainCsvFile } from './plainCsv.ts';
import type { SearchQuery } from './schemaSearch.ts';
import type { Arrangement, Layout } from './tabs.ts';
import type { TracingSettings } from './tracing.ts';

/** What holds before a person has chosen anything. Apart from the schemas, which the first screen does without. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  rotationReminder: true,
  rowLimit: null,
  activity: defaultActivityView,
  fileOptions: plainCsvFile,
  keepsStatistics: true,
};

export const defaultLayout: Layout = {
  groups: [{ tabs: [], activeId: null }],
  focusedGroup: 0,
  splitShare: 50,
  navigator: { isShown: true, width: 260 },
  inspector: { isShown: false, width: 300 },
};

export const defaultArrangement: Arrangement = { folders: [], folderOf: {}, favourites: [], order: [] };

export const emptySearch: SearchQuery = {
  ...{ text: '', isRegex: false, matchesCase: false },
  places: ['names', 'columns', 'comments', 'definitions'],
};

/** The port is one that no exporter in Prometheus's list uses. */
export const defaultMonitoringSettings: MonitoringSettings = { isOn: false, port: 9_477 };

export const defaultTracingSettings: TracingSettings = {
  ...{ isOn: false, endpoint: null, sharePercent: 100, inComment: false, inApplicationName: false },
};
