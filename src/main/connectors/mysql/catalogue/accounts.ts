import { z } from 'zod';
import type { CatalogueNode, NodeDetail, NodeList, NodeRef } from '../../../../shared/model/schemaTree.ts';
import { maxListRows } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows, flagCell } from './catalogueRows.ts';
import { perProduct, quoteName } from './catalogueSql.ts';
import { withoutIdentification } from './withoutIdentification.ts';

/** More than anybody looks through. */
const maxAccounts = 5_000;

/** MySQL has roles that are accounts nobody can log in with; MariaDB has roles of their own. */
const accountsQuery = `
SELECT User, Host, ${perProduct({
  mysql: "account_locked = 'Y' AND authentication_string = ''",
  mariadb: "is_role = 'Y'",
})}
  FROM mysql.user
 WHERE User <> '' AND User NOT LIKE 'mysql.%' AND User NOT LIKE 'mariadb.%'
 ORDER BY 1, 2
 LIMIT ${maxAccounts}`;

const accountRow = z.tuple([textCell, textCell, flagCell]);

/** What an account that may not read those sees: itself. */
const ownQuery = `
SELECT LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1),
       SUBSTRING_INDEX(CURRENT_USER(), '@', -1), 0`;

/** Who has been given a role, and that role. */
const membershipsQuery = `
SELECT ${perProduct({
  mysql: "TO_USER, TO_HOST, FROM_USER, FROM_HOST, WITH_ADMIN_OPTION = 'Y' FROM mysql.role_edges",
  mariadb: "User, Host, Role, '', Admin_option = 'Y' FROM mysql.roles_mapping",
})}`;

const membershipRow = z.tuple([textCell, textCell, textCell, textCell, flagCell]);

/** A user name with the host from where it logs in, which is empty for a role of MariaDB. */
export interface Account {
  readonly user: string;
  readonly host: string;
}

export interface Membership {
  readonly member: Account;
  readonly role: Account;
  readonly isAdmin: boolean;
}

export const accountOf = ({ name, qualifier }: NodeRef): Account => ({ user: name, host: qualifier ?? '' });

/** As a person writes it in a statement. */
export const quoteAccount = ({ user, host }: Account): string =>
  host === '' ? quoteName(user) : `${quoteName(user)}@${quoteName(host)}`;

const isSame = (left: Account, right: Account): boolean =>
  left.user === right.user && left.host === right.host;

/** The accounts and roles of the server, as far as this account may see them. */
export async function readAccounts(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly CatalogueNode[]> {
  const ask = (text: string) => () => askRows(connection, { text }, accountRow, options);
  const rows =
    (await unlessRefused(connection, options, ask(accountsQuery))) ??
    (await unlessRefused(connection, options, ask(ownQuery))) ??
    [];
  return rows
    .filter(([user]) => user !== '')
    .map(([user, host, isRole]) => ({
      id: `account ${quoteAccount({ user, host })}`,
      schema: '',
      name: user,
      kind: isRole ? 'role' : 'account',
      ...(host !== '' && { qualifier: host }),
      comment: null,
      rows: null,
      parentId: null,
    }));
}

/** Who has which role; none where this account may not see that. */
export async function readMemberships(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly Membership[]> {
  const rows = await unlessRefused(connection, options, () =>
    askRows(connection, { text: membershipsQuery }, membershipRow, options),
  );
  return (rows ?? []).map(([user, host, role, roleHost, isAdmin]) => ({
    member: { user, host },
    role: { user: role, host: roleHost },
    isAdmin,
  }));
}

const grantRow = z.tuple([textCell]).rest(z.string().nullable());

/** What was granted, in the server's own words; null when it does not show that to this account. */
function readGrants(
  connection: SqlConnection,
  account: Account,
  options: QueryOptions,
): Promise<readonly string[] | null> {
  const text = `SHOW GRANTS FOR ${quoteAccount(account)}`;
  return unlessRefused(connection, options, async () => {
    const rows = await askRows(connection, { text }, grantRow, options);
    return rows.map(([grant]) => withoutIdentification(grant));
  });
}

const listOf = (key: NodeList['key'], rows: NodeList['rows']): NodeList => ({
  key,
  rows: rows.slice(0, maxListRows),
  total: rows.length,
});

/** An account or a role: what it was granted, and its roles and members. Its password is not asked for. */
export async function describeAccount(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  const account = accountOf(node);
  const grants = await readGrants(connection, account, options);
  const memberships = await readMemberships(connection, options);
  const named = (other: Account, isAdmin: boolean) => [quoteAccount(other), isAdmin ? 'ADMIN' : null, null];
  const roles = memberships.filter(({ member }) => isSame(member, account));
  const members = memberships.filter(({ role }) => isSame(role, account));
  const create = `CREATE ${node.kind === 'role' ? 'ROLE' : 'USER'} ${quoteAccount(account)}`;
  return {
    ...{ columns: [], indexes: [], constraints: [], facts: [], problem: null },
    lists: [
      ...(grants === null
        ? []
        : [
            listOf(
              'grants',
              grants.map((grant) => [grant]),
            ),
          ]),
      listOf(
        'memberOf',
        roles.map(({ role, isAdmin }) => named(role, isAdmin)),
      ),
      listOf(
        'members',
        members.map(({ member, isAdmin }) => named(member, isAdmin)),
      ),
    ],
    definition:
      grants === null
        ? null
        : [create, '', ...grants].map((line) => (line === '' ? line : `${line};`)).join('\n'),
  };
}

/** The account and every role that it has, by itself or through other roles. */
export function rolesOf(account: Account, memberships: readonly Membership[]): readonly Account[] {
  const found = [account];
  for (const one of found) {
    for (const { member, role } of memberships) {
      if (isSame(member, one) && !found.some((known) => isSame(known, role))) found.push(role);
    }
  }
  return found;
}
