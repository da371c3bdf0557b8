import { listSql, roleName } from './detailSql.ts';

/*
 * Roles belong to the server: the same ones are seen from each database. They are read from pg_roles, which shows no
 * password; where a host has taken the right to read it away, there are none in the tree.
 */

/** Until when a role may log in with its password, in milliseconds. */
const validUntil = `CASE WHEN pg_catalog.isfinite(r.rolvaliduntil)
  THEN pg_catalog.floor(pg_catalog.date_part('epoch', r.rolvaliduntil) * 1000) END`;

/** In the words of CREATE ROLE. */
export const roleAttributes = `pg_catalog.concat_ws(' ',
  CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
  CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
  CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
  CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END)`;

/** What a membership `m` lets the member do. Before PostgreSQL 16 the role itself says whether it inherits. */
const membershipOptions = `pg_catalog.concat_ws(', ', CASE WHEN m.admin_option THEN 'ADMIN' END,
  CASE pg_catalog.to_jsonb(m) ->> 'inherit_option' WHEN 'true' THEN 'INHERIT' END,
  CASE pg_catalog.to_jsonb(m) ->> 'set_option' WHEN 'true' THEN 'SET' END)`;

const memberships = (key: 'memberOf' | 'members', far: string, near: string): string =>
  listSql(
    key,
    [roleName(`m.${far}`), membershipOptions, roleName('m.grantor')],
    `FROM pg_catalog.pg_auth_members m WHERE m.${near} = r.oid`,
    `${roleName(`m.${far}`)}, m.grantor`,
  );

/** Settings that sessions of the role begin with, in all databases or in one. */
const settingsList = listSql(
  'roleSettings',
  [
    "pg_catalog.split_part(c.setting, '=', 1)",
    "pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1)",
    '(SELECT d.datname FROM pg_catalog.pg_database d WHERE d.oid = s.setdatabase)',
  ],
  'FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (setting) WHERE s.setrole = r.oid',
  's.setdatabase, c.setting',
);

export const role = {
  names: 'name',
  from: 'pg_catalog.pg_roles r',
  where: 'r.rolname = $1',
  identity: { catalogue: 'pg_authid', oid: 'r.oid' },
  facts: {
    attributes: roleAttributes,
    connectionLimit: 'CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit END',
    validUntil,
  },
  lists: [
    memberships('memberOf', 'roleid', 'member'),
    memberships('members', 'member', 'roleid'),
    settingsList,
  ],
} as const;
