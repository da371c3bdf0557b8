/** Keys of the facts about a server and the session, in the order in which they are shown. All are text but those marked. */
export const mysqlServerFactKeys = [
  /** With what the maker adds: `9.7.1 MySQL Community Server - GPL`. */
  'version',
  /** The session's current one. */
  'database',
  /** The account that the server chose, such as `ann@%`, which need not be the name given at log-in. */
  'user',
  /** Of the session; with the computer's own where the server follows that: `SYSTEM (CET)`. */
  'timeZone',
  /** Default of the server, for schemas that name none. */
  'characterSet',
  'collation',
  /** As the server sets it for new sessions; Mooring's own sessions differ. */
  'sqlMode',
  'storageEngine',
  /** 0: as written, and upper and lower case differ; 1: stored in lower case; 2: as written, and case does not matter. */
  'lowerCaseTableNames',
  /** Bytes. Largest statement or row that the server takes. */
  'maxAllowedPacket',
] as const;
export type MysqlServerFactKey = (typeof mysqlServerFactKeys)[number];

/** Keys of the facts about a node of the tree, in the order in which they are shown. All are text but those marked. */
export const mysqlNodeFactKeys = [
  'storageEngine',
  'collation',
  'rowFormat',
  /** Bytes. What the rows take up, an estimate. */
  'dataSize',
  /** Bytes. What the indexes take up beside the rows, an estimate. */
  'indexSize',
  /** The next value; larger than a number of JavaScript may be. */
  'autoIncrement',
  /** `RANGE (id), 3 partitions`; of a partition: `VALUES LESS THAN (100)`. */
  'partitioning',
  /** Whose rights a view, routine, trigger or event has: an account, such as `ann@%`. */
  'definer',
  /** `DEFINER` or `INVOKER`. */
  'sqlSecurity',
  /** `BEFORE INSERT ON orders` of a trigger, `EVERY 1 DAY` of an event. */
  'runs',
  /** `ENABLED`, `DISABLED` and the like of an event. */
  'status',
  /** Moment. */
  'createdAt',
] as const;
export type MysqlNodeFactKey = (typeof mysqlNodeFactKeys)[number];
