import { expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const quiet = { signal: neverAborted };

it('the effective rights of a role hold types, domains and foreign servers, and not what everybody has anyway', async () => {
  const cluster = inject('postgres');
  const session = await openSession(fieldsFor(cluster), { password: cluster.password });
  try {
    // Rolled back at the end: the server is shared.
    for (const text of [
      'BEGIN',
      'CREATE ROLE rights_clerk',
      'CREATE SCHEMA rights_shop',
      'CREATE DOMAIN rights_shop.cents AS int',
      "CREATE TYPE rights_shop.state AS ENUM ('new', 'paid')",
      'CREATE TYPE rights_shop.point AS (x int, y int)',
      'CREATE FOREIGN DATA WRAPPER rights_wrapper',
      'CREATE SERVER rights_elsewhere FOREIGN DATA WRAPPER rights_wrapper',
      'GRANT USAGE ON TYPE rights_shop.cents, rights_shop.state TO rights_clerk',
      'GRANT USAGE ON FOREIGN SERVER rights_elsewhere TO rights_clerk',
    ]) {
      await session.query({ text }, quiet);
    }
    const role = { schema: '', name: 'rights_clerk', kind: 'role' } as const;
    const asked = { role, search: 'rights_', offset: 0 };
    const page = await new PostgresConnector(systemClock).server?.rights(session, asked, quiet);
    const own = page?.rights
      .filter(({ origin }) => origin === 'own')
      .map(({ kind, object }) => `${kind} ${object}`);
    expect(own?.toSorted()).toEqual(['domain cents', 'enum state', 'foreign-server rights_elsewhere']);
    expect(page?.rights.filter(({ object }) => object === 'point')).toEqual([]);
  } finally {
    await session.close();
  }
});
