import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import type { Connector } from '../../src/main/connectors/Connector.ts';
import { rightsPageSchema } from '../../src/shared/model/roleRights.ts';
import { type CatalogueNode, nodeDetailSchema } from '../../src/shared/model/schemaTree.ts';
import { serverSettingsSchema } from '../../src/shared/model/serverSettings.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const quiet = { signal: neverAborted };

/** What every server with SQL tells of itself, beside what is in its databases. */
export function serverConforms(server: () => ConformanceServer): void {
  let session: SqlConnection;
  let connector: Connector;

  beforeAll(async () => {
    const isPostgres = server().engine.kind === 'postgres';
    const make = [
      'CREATE ROLE conformance_readers',
      'CREATE ROLE conformance_staff',
      'GRANT conformance_readers TO conformance_staff',
      'CREATE SCHEMA conformance_rights',
      'CREATE TABLE conformance_rights.bills (id INT PRIMARY KEY, sum INT)',
      'GRANT SELECT ON conformance_rights.bills TO conformance_readers',
      'GRANT INSERT ON conformance_rights.bills TO conformance_staff',
      `CREATE PROCEDURE conformance_rights.settle(bill INT) LANGUAGE SQL ${isPostgres ? "AS 'SELECT 1'" : 'SELECT 1'}`,
      'GRANT EXECUTE ON PROCEDURE conformance_rights.settle TO conformance_staff',
    ];
    for (const statement of make) await server().execute(statement);
    session = await openSession(server());
    connector = new ConnectionFactory(systemClock).connectorFor(server().engine.kind);
  });

  afterAll(async () => {
    session.destroy();
    await server().execute(server().sql.dropSchema('conformance_rights'));
    for (const role of ['conformance_staff', 'conformance_readers'])
      await server().execute(`DROP ROLE ${role}`);
  });

  const nodesNamed = async (kind: string, name: string): Promise<CatalogueNode[]> => {
    const reader = await connector.catalogue.readNames(session, quiet);
    const nodes: CatalogueNode[] = [];
    try {
      for (;;) {
        const batch = await reader.next(quiet);
        if (batch.length === 0) break;
        nodes.push(...batch.filter((node) => node.kind === kind && node.name === name));
      }
    } finally {
      await reader.close();
    }
    return nodes;
  };

  it('lists its settings, each once, with where their values come from', async () => {
    const settings = (await connector.server?.settings(session, quiet)) ?? [];
    expect(serverSettingsSchema.parse({ settings }).settings.length).toBeGreaterThan(200);
    const names = settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const limit = settings.find(({ name }) => name === 'max_connections');
    expect(Number(limit?.value)).toBeGreaterThan(0);
    expect(settings.filter(({ source }) => source === null)).toEqual([]);
    const changed = settings.filter(({ isChanged }) => isChanged);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(settings.length / 2);
  });

  describe('a role', () => {
    it('is among the names, with its memberships and a definition without a password', async () => {
      const [role, ...others] = await nodesNamed('role', 'conformance_staff');
      expect(others).toEqual([]);
      if (role === undefined) throw new Error('The role is not listed.');
      const detail = nodeDetailSchema.parse(await connector.catalogue.describe(session, role, quiet));
      const memberOf = detail.lists.find(({ key }) => key === 'memberOf');
      expect(memberOf?.rows.map(([name]) => name)).toEqual([expect.stringContaining('conformance_readers')]);
      expect(detail.definition).toMatch(/^CREATE ROLE /);
      expect(detail.definition).toMatch(/GRANT INSERT ON .*bills/);
      expect(detail.definition).not.toMatch(/PASSWORD|IDENTIFIED/);
    });

    it('may do what was granted to it and to the roles that it has, and says through which', async () => {
      const [role] = await nodesNamed('role', 'conformance_staff');
      if (role === undefined) throw new Error('The role is not listed.');
      const { schema, name, kind, qualifier } = role;
      const ref = { schema, name, kind, ...(qualifier !== undefined && { qualifier }) };
      const page = await connector.server?.rights(session, { role: ref, search: 'BILLS', offset: 0 }, quiet);
      const { rights, total } = rightsPageSchema.parse(page);
      expect(total).toBe(2);
      // Some servers also count what a role has through others as its own.
      expect(rights.find(({ origin }) => origin === 'own')?.privileges).toContain('INSERT');
      expect(rights.find(({ origin }) => origin === 'role')?.privileges).toBe('SELECT');
      expect(rights.find(({ origin }) => origin === 'role')?.through).toContain('conformance_readers');

      const routines = await connector.server?.rights(
        session,
        { role: ref, search: 'settle', offset: 0 },
        quiet,
      );
      const own = routines?.rights.find(({ origin }) => origin === 'own');
      expect(own).toMatchObject({ kind: 'procedure', privileges: 'EXECUTE', schema: 'conformance_rights' });
    });

    it('is named by what it may run', async () => {
      const [procedure] = await nodesNamed('procedure', 'settle');
      if (procedure === undefined) throw new Error('The procedure is not listed.');
      const { lists } = await connector.catalogue.describe(session, procedure, quiet);
      const grantees = lists.find(({ key }) => key === 'privileges')?.rows ?? [];
      expect(grantees.map(([grantee, privileges]) => `${grantee} ${privileges}`)).toContainEqual(
        expect.stringMatching(/conformance_staff.* EXECUTE/),
      );
    });
  });
}
