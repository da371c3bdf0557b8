import { z } from 'zod';
import { defaultActivityView } from './defaultActivityView.ts';
import { plainCsvFile } from './plainCsv.ts';
import { fileOptionsSchema } from './results.ts';
import { activityViewSchema } from './serverActivity.ts';

/** What the settings page shows about the app and where its data is. */
export const appInfoSchema = z.strictObject({
  version: z.string(),
  electronVersion: z.string(),
  userDataPath: z.string(),
  logPath: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether to remind when the vault's key is older than a year. */
  rotationReminder: z.boolean(),
  /** Most rows that are kept of each result of a query; null: all of them. Absent in what older versions saved. */
  rowLimit: z.int().min(1).nullable().default(null),
  /** Absent in what older versions saved. */
  activity: activityViewSchema.default(defaultActivityView),
  /** How rows were saved to a file last. Absent in what older versions saved. */
  fileOptions: fileOptionsSchema.default(plainCsvFile),
  /** Whether query statistics are kept over a restart. Absent in what older versions saved. */
  keepsStatistics: z.boolean().default(true),
});
export type Preferences = z.infer<typeof preferencesSchema>;
