import { z } from 'zod';

export const vaultModeSchema = z.enum(['keychain', 'unavailable']);
export type VaultMode = z.infer<typeof vaultModeSchema>;

/** What the settings page shows about the app and where its data is. */
export const appInfoSchema = z.strictObject({
  version: z.string(),
  electronVersion: z.string(),
  userDataPath: z.string(),
  logPath: z.string(),
  vault: z.strictObject({ mode: vaultModeSchema, detail: z.string().nullable() }),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export const defaultPreferences: Preferences = { theme: 'system' };
