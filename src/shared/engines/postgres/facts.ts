/** Keys of the facts about a server and the session, in the order in which they are shown. All are text. */
export const postgresServerFactKeys = [
  /** With what the maker adds: `PostgreSQL 18.4 on x86_64-pc-linux-gnu, …`. */
  'version',
  /** Which of its hosts the data source is connected to. */
  'reached',
  'database',
  /** The role that holds at the moment, which `ALTER ROLE … SET role` can make another than the one given at log-in. */
  'user',
  /** Of the session. */
  'timeZone',
  'serverEncoding',
  'clientEncoding',
] as const;
export type PostgresServerFactKey = (typeof postgresServerFactKeys)[number];

/** Keys of the facts about a node of the tree, in the order in which they are shown. All are text but those marked. */
export const postgresNodeFactKeys = [
  /** `LOGIN CREATEDB` of a role. */
  'attributes',
  /** Count: most connections of a role. */
  'connectionLimit',
  /** Moment: until when a role may log in with its password. */
  'validUntil',
  'owner',
  /** The extension that it came with. */
  'extension',
  /** Of an extension: where its objects are. */
  'schema',
  'version',
  /** The version that the server would install; shown when it is another one. */
  'availableVersion',
  /** The table of a trigger or policy. */
  'table',
  /** `BEFORE INSERT OR UPDATE FOR EACH ROW` of a trigger, `ddl_command_end` of an event trigger. */
  'runs',
  'function',
  /** `ENABLED`, `DISABLED`, `REPLICA` or `ALWAYS`. */
  'status',
  /** `PERMISSIVE FOR SELECT` of a policy. */
  'policy',
  'roles',
  'using',
  'check',
  'language',
  'returns',
  /** `IMMUTABLE`, `STABLE` or `VOLATILE`. */
  'volatility',
  /** `SAFE`, `RESTRICTED` or `UNSAFE`. */
  'parallel',
  /** `DEFINER` or `INVOKER`: whose rights a routine has. */
  'security',
  /** What a domain, a range or a sequence is made of. */
  'baseType',
  'default',
  /** `5; increment 1; 1 to 100; cache 1; cycle` without the last value, which is a fact of its own. */
  'sequence',
  'lastValue',
  'ownedBy',
  /** How a partitioned table is divided: `RANGE (created_at)`. */
  'partitionKey',
  /** `sales.events FOR VALUES FROM … TO …`. */
  'partitionOf',
  'inherits',
  /** The server of a foreign table. */
  'server',
  'wrapper',
  /** `UNLOGGED`, in capitals as in the statement that makes it so. */
  'persistence',
  /** `ENABLED` or `FORCED`; absent when it is off. */
  'rowSecurity',
  /** What is published. */
  'operations',
  'tablespace',
  'options',
  /** Bytes, with indexes and TOAST. */
  'size',
  /** Bytes. */
  'tableSize',
  /** Bytes. */
  'indexSize',
  /** Bytes. */
  'toastSize',
  /** Count, an estimate of the statistics. */
  'liveRows',
  /** Count, an estimate of the statistics. */
  'deadRows',
  /** Moments. */
  'lastVacuum',
  'lastAutovacuum',
  'lastAnalyse',
  'lastAutoanalyse',
] as const;
export type PostgresNodeFactKey = (typeof postgresNodeFactKeys)[number];
