import { isMadeTrigger } from '../objectNames.ts';
import {
  extensionOf,
  factsSql,
  listSql,
  optionsText,
  policyCommand,
  policyRoles,
  qualified,
  relationPrivileges,
  roleName,
  triggerRuns,
  triggerStatus,
} from './detailSql.ts';

/** Epoch milliseconds of a time stamp. */
const momentOf = (sql: string): string => `pg_catalog.floor(pg_catalog.date_part('epoch', ${sql}) * 1000)`;

/** The statistics hold figures of what keeps rows itself. */
const ofHeap = (sql: string): string => `CASE WHEN c.relkind IN ('r', 'm') THEN ${sql} END`;

/** Relations that `c` inherits from, but not as a partition. */
const parents = `(
  SELECT pg_catalog.string_agg(${qualified('k.relnamespace', 'k.relname')}, ', ' ORDER BY i.inhseqno)
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class k ON k.oid = i.inhparent
   WHERE i.inhrelid = c.oid AND NOT c.relispartition)`;

const partitionOf = `(
  SELECT ${qualified('k.relnamespace', 'k.relname')} || ' ' || pg_catalog.pg_get_expr(c.relpartbound, c.oid)
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class k ON k.oid = i.inhparent
   WHERE i.inhrelid = c.oid AND c.relispartition)`;

/** JSON of the facts about a relation `c`, but for its sizes. */
export const relationFacts = factsSql({
  owner: roleName('c.relowner'),
  extension: extensionOf('pg_class', 'c.oid'),
  partitionKey: "CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END",
  partitionOf,
  inherits: parents,
  server: `(SELECT s.srvname FROM pg_catalog.pg_foreign_table f
             JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid)`,
  persistence: "CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' WHEN 't' THEN 'TEMPORARY' END",
  rowSecurity: "CASE WHEN c.relforcerowsecurity THEN 'FORCED' WHEN c.relrowsecurity THEN 'ENABLED' END",
  tablespace: '(SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace)',
  options: `nullif(pg_catalog.concat_ws(', ', ${optionsText('c.reloptions')}, (
    SELECT ${optionsText('f.ftoptions')} FROM pg_catalog.pg_foreign_table f WHERE f.ftrelid = c.oid)), '')`,
  liveRows: ofHeap('pg_catalog.pg_stat_get_live_tuples(c.oid)'),
  deadRows: ofHeap('pg_catalog.pg_stat_get_dead_tuples(c.oid)'),
  lastVacuum: momentOf('pg_catalog.pg_stat_get_last_vacuum_time(c.oid)'),
  lastAutovacuum: momentOf('pg_catalog.pg_stat_get_last_autovacuum_time(c.oid)'),
  lastAnalyse: momentOf('pg_catalog.pg_stat_get_last_analyze_time(c.oid)'),
  lastAutoanalyse: momentOf('pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)'),
});

/** JSON of the facts about the room that a relation `c` takes. */
export const relationSizes = factsSql({
  size: 'pg_catalog.pg_total_relation_size(c.oid)',
  tableSize: 'pg_catalog.pg_relation_size(c.oid)',
  indexSize: 'pg_catalog.pg_indexes_size(c.oid)',
  toastSize: 'CASE WHEN c.reltoastrelid <> 0 THEN pg_catalog.pg_total_relation_size(c.reltoastrelid) END',
});

const partitions = listSql(
  'partitions',
  [
    qualified('k.relnamespace', 'k.relname'),
    'pg_catalog.pg_get_expr(k.relpartbound, k.oid)',
    'CASE WHEN k.reltuples > 0 THEN k.reltuples::pg_catalog.int8::pg_catalog.text END',
  ],
  `FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class k ON k.oid = i.inhrelid
  WHERE i.inhparent = c.oid AND k.relispartition`,
  'k.relname',
);

const triggers = listSql(
  'triggers',
  [
    't.tgname',
    triggerRuns,
    `(SELECT ${qualified('p.pronamespace', 'p.proname')} FROM pg_catalog.pg_proc p WHERE p.oid = t.tgfoid)`,
    triggerStatus('t.tgenabled'),
  ],
  `FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND ${isMadeTrigger}`,
  't.tgname',
);

const policies = listSql(
  'policies',
  [
    'o.polname',
    `CASE WHEN o.polpermissive THEN '' ELSE 'RESTRICTIVE ' END || ${policyCommand}`,
    policyRoles,
    'pg_catalog.pg_get_expr(o.polqual, o.polrelid)',
    'pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid)',
  ],
  'FROM pg_catalog.pg_policy o WHERE o.polrelid = c.oid',
  'o.polname',
);

/** JSON of the lists of a relation `c`, separated by commas; null for one that its kind cannot have. */
export const relationLists = [
  `CASE WHEN c.relkind = 'p' THEN ${partitions} END`,
  triggers,
  `CASE WHEN c.relkind IN ('r', 'p') THEN ${policies} END`,
  relationPrivileges,
].join(', ');
