import { z } from 'zod';
import { workspaceTabs } from './workspaceTabs.ts';

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
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What the window shows, so that the next start shows it again. Nothing in it is secret. */
export const viewSchema = z.strictObject({
  /** A data source, readable or not; null when none is selected. It may be gone by the next start. */
  selectedId: z.string().max(64).nullable(),
  tab: z.enum(workspaceTabs),
});
export type View = z.infer<typeof viewSchema>;
