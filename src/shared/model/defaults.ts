import type { Preferences } from './appInfo.ts';

/** What holds before a person has chosen anything. Apart from the schemas, which the first screen does without. */
export const defaultPreferences: Preferences = { theme: 'system', rotationReminder: true };
