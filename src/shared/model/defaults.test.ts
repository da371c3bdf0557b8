import { expect, it } from 'vitest';
import { preferencesSchema } from './appInfo.ts';
import { defaultArrangement, defaultLayout, defaultPreferences } from './defaults.ts';
import { arrangementSchema, layoutSchema } from './tabs.ts';

it('begins with what the schemas take', () => {
  expect(preferencesSchema.parse(defaultPreferences)).toEqual(defaultPreferences);
  expect(layoutSchema.parse(defaultLayout)).toEqual(defaultLayout);
  expect(arrangementSchema.parse(defaultArrangement)).toEqual(defaultArrangement);
});
