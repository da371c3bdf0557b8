import type { ActivityView } from './serverActivity.ts';

/** All sessions, those whose statement has run longest first. Apart from the schema, which the first screen does without. */
export const defaultActivityView: ActivityView = {
  hidesIdle: false,
  hidesOwn: false,
  sort: { column: 'statementMs', isDescending: true },
};
