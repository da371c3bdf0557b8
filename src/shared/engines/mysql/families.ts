/** What is switched off, or does not hold, on servers that are built otherwise. The words stand in the engine's text. */
export const mysqlLimitKeys = [
  /** It has no procedures, functions, triggers and events. */
  'routines',
  /** A session cannot be made read-only: Mooring lets only statements through that read. */
  'readOnly',
  'activity',
  /** Foreign keys are not kept between shards, or not at all. */
  'foreignKeys',
] as const;
export type MysqlLimitKey = (typeof mysqlLimitKeys)[number];
