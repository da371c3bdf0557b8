/** Keys of the facts about a server and the session, in the order in which they are shown. All are text. */
export const postgresServerFactKeys = [
  /** With what the maker adds: `PostgreSQL 18.4 on x86_64-pc-linux-gnu, …`. */
  'version',
  'database',
  /** The role that holds at the moment, which `ALTER ROLE … SET role` can make another than the one given at log-in. */
  'user',
  /** Of the session. */
  'timeZone',
  'serverEncoding',
  'clientEncoding',
] as const;
export type PostgresServerFactKey = (typeof postgresServerFactKeys)[number];

/** Keys of the facts about a relation. All are text. */
export type PostgresNodeFactKey =
  /** How a partitioned table is divided: `RANGE (created_at)`. */
  'partitionKey';
