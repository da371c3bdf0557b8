import { roleName } from '../details/detailSql.ts';
import { roleAttributes } from '../details/roleSql.ts';
import { linesOf } from './ddlSql.ts';

/** Settings whose value is a list of names, each in quotes of its own. */
const listSettings = [
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
];

/** The value of a setting `v` as SET takes it. */
const settingValue = `CASE WHEN v.name IN (${listSettings.map((name) => `'${name}'`).join(', ')}) THEN (
    SELECT pg_catalog.string_agg(pg_catalog.quote_literal(pg_catalog.replace(
             CASE WHEN e LIKE '"%"' THEN pg_catalog.substr(e, 2, pg_catalog.length(e) - 2) ELSE e END, '""', '"')), ', ')
      FROM pg_catalog.regexp_split_to_table(v.value, '\\s*,\\s*') e)
    ELSE pg_catalog.quote_literal(v.value) END`;

const settings = linesOf(`
  SELECT 0 AS place, pg_catalog.concat('ALTER ROLE ', q.name,
           (SELECT ' IN DATABASE ' || pg_catalog.quote_ident(d.datname) FROM pg_catalog.pg_database d WHERE d.oid = s.setdatabase),
           ' SET ', v.name, ' TO ', ${settingValue}) AS line
    FROM pg_catalog.pg_db_role_setting s
   CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (setting)
   CROSS JOIN LATERAL (SELECT pg_catalog.split_part(c.setting, '=', 1) AS name,
           pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1) AS value) v
   WHERE s.setrole = r.oid`);

/** What it is a member of. Since PostgreSQL 16 each membership says what it allows. */
const memberships = linesOf(`
  SELECT 0 AS place, pg_catalog.format('GRANT %I TO %s%s', ${roleName('m.roleid')}, q.name,
           CASE WHEN pg_catalog.to_jsonb(m) ->> 'inherit_option' IS NOT NULL THEN
             pg_catalog.format(' WITH %sINHERIT %s, SET %s', CASE WHEN m.admin_option THEN 'ADMIN TRUE, ' ELSE '' END,
               pg_catalog.upper(pg_catalog.to_jsonb(m) ->> 'inherit_option'), pg_catalog.upper(pg_catalog.to_jsonb(m) ->> 'set_option'))
           WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END) AS line
    FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid`);

/** More than anybody reads; the effective rights have all of them. */
const maxGrants = 1_000;

/** What was given to it by name on this database, its schemas and what has rows in them. */
const grants = linesOf(`
  SELECT * FROM (
  SELECT t.place, pg_catalog.format('GRANT %s ON %s TO %s%s', pg_catalog.string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type),
           t.target, q.name, CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS line
    FROM (SELECT 0 AS place, 'DATABASE ' || pg_catalog.quote_ident(d.datname) AS target, d.datacl AS acl, d.datdba AS owner
            FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
           UNION ALL
          SELECT 1, 'SCHEMA ' || pg_catalog.quote_ident(n.nspname), n.nspacl, n.nspowner FROM pg_catalog.pg_namespace n
           WHERE n.nspname !~ '^pg_'
           UNION ALL
          SELECT 2, pg_catalog.format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname),
                 c.relacl, c.relowner
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) t
   CROSS JOIN LATERAL pg_catalog.aclexplode(t.acl) g
   WHERE g.grantee = r.oid AND t.owner <> r.oid
   GROUP BY t.place, t.target, g.is_grantable
   ORDER BY 1, 2
   LIMIT ${maxGrants}) granted`);

const columnGrants = linesOf(`
  SELECT 0 AS place, pg_catalog.format('GRANT %s (%s) ON TABLE %I.%I TO %s%s', g.privilege_type,
           pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum), n.nspname, c.relname, q.name,
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS line
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g
   WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND g.grantee = r.oid
   GROUP BY n.nspname, c.relname, g.privilege_type, g.is_grantable
   LIMIT ${maxGrants}`);

/** Without its password, which the server shows to nobody but superusers. */
export const role = {
  name: 'pg_catalog.quote_ident(r.rolname)',
  statements: [
    `pg_catalog.concat_ws(' ', 'CREATE ROLE ' || q.name || ' WITH', ${roleAttributes},
       CASE WHEN r.rolconnlimit >= 0 THEN 'CONNECTION LIMIT ' || r.rolconnlimit END,
       'VALID UNTIL ' || pg_catalog.quote_literal(r.rolvaliduntil))`,
    `(SELECT pg_catalog.format('COMMENT ON ROLE %s IS %L', q.name, pg_catalog.shobj_description(r.oid, 'pg_authid'))
       WHERE pg_catalog.shobj_description(r.oid, 'pg_authid') IS NOT NULL)`,
    settings,
    memberships,
    grants,
    columnGrants,
  ],
};
