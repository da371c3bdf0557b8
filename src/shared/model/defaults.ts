import type { Preferences } from './appInfo.ts';
import type { CsvOptions, FileOptions } from './results.ts';
import type { Arrangement, Layout } from './tabs.ts';

/** CSV as other programs expect it: NULL is nothing, the empty text is `""`. */
export const plainCsv: CsvOptions = {
  separator: ',',
  decimalComma: false,
  withHeader: true,
  withBom: false,
  lineEnd: '\n',
  nullText: '',
  escapesFormulas: false,
};

export const plainCsvFile: FileOptions = { type: 'csv', csv: plainCsv };

/** What holds before a person has chosen anything. Apart from the schemas, which the first screen does without. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  rotationReminder: true,
  rowLimit: null,
  fileOptions: plainCsvFile,
};

export const defaultLayout: Layout = {
  groups: [{ tabs: [], activeId: null }],
  focusedGroup: 0,
  splitShare: 50,
  navigator: { isShown: true, width: 280 },
  inspector: { isShown: false, width: 300 },
};

export const defaultArrangement: Arrangement = { folders: [], folderOf: {}, favourites: [], order: [] };
