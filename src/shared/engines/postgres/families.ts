/**
 * What is switched off, or does not hold, on servers that are built otherwise and behind poolers. The words stand in the
 * engine's text.
 */
export const postgresLimitKeys = [
  /** A pooler lends a session of the server for one transaction. */
  'sessionState',
  /** There is a pooler, and how it lends does not show. */
  'perhapsSessionState',
  /** A pooler sends what reads to any of several servers. */
  'spreadReads',
  /** A pooler does not let time limits through. */
  'timeLimits',
  /** Only tables and views are listed, with their columns and keys. */
  'catalogue',
  'definitions',
  'activity',
  'estimates',
  /** Pipelines cannot write to its tables. */
  'writing',
] as const;
export type PostgresLimitKey = (typeof postgresLimitKeys)[number];
