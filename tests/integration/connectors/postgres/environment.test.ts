import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { FakePostgres, welcome } from '../../../support/fakePostgres.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const server = inject('postgres');
const poison = {
  PGHOST: 'poison.invalid',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGUSER: 'poison_user',
  PGPASSWORD: 'poison_password',
  PGDATABASE: 'poison_database',
  PGSSLMODE: 'no-verify',
  PGSSLNEGOTIATION: 'direct',
  PGSSLROOTCERT: '/nonexistent/poison.crt',
  PGOPTIONS: '-c application_name=poison_options',
  PGAPPNAME: 'poison_application',
  PGCLIENT_ENCODING: 'LATIN1',
  PGREPLICATION: 'database',
  PGBINARY: '1',
  PGCONNECT_TIMEOUT: '1',
  PGTZ: 'Asia/Poison',
  PGDATESTYLE: 'poison',
  USER: 'poison_system_user',
};

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mooring-home-'));
  await writeFile(join(home, '.pgpass'), '*:*:*:*:poison_pgpass\n', { mode: 0o600 });
  vi.stubEnv('HOME', home);
  vi.stubEnv('PGPASSFILE', join(home, '.pgpass'));
  for (const [name, value] of Object.entries(poison)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

describe("the developer's PG* variables and .pgpass", () => {
  it('do not reach a real session', async () => {
    const session = await openSession(fieldsFor(server), { password: server.password });
    const text = `SELECT current_user, current_database(), current_setting('application_name'),
                         current_setting('client_encoding'), current_setting('statement_timeout')`;
    const { rows } = await session.query({ text }, { signal: neverAborted });
    await session.close();
    expect(rows).toEqual([[server.user, server.database, 'Mooring tests', 'UTF8', '1min']]);
  });

  it('do not stand in for a password that is missing', async () => {
    expect((await failureOf(openSession(fieldsFor(server), { password: null }))).code).toBe(
      'PASSWORD_REQUIRED',
    );
  });

  it('are nowhere in what is sent', async () => {
    const fake = await FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.send(welcome);
    });
    const session = await openSession(
      fieldsFor({ host: fake.host, port: fake.port, user: 'ann', database: 'shop' }),
    );
    session.destroy();
    const sent = fake.peers[0]?.received.toString('latin1') ?? '';
    await fake.dispose();
    expect(
      sent
        .slice(8)
        .split('\0')
        .filter((text) => text !== ''),
    ).toEqual([
      ...['user', 'ann', 'database', 'shop', 'application_name', 'Mooring tests'],
      ...['standard_conforming_strings', 'on', 'DateStyle', 'ISO', 'IntervalStyle', 'postgres'],
      ...['bytea_output', 'hex', 'extra_float_digits', '1'],
      ...['statement_timeout', '60000', 'idle_in_transaction_session_timeout', '60000'],
      ...['client_encoding', 'UTF8'],
    ]);
  });
});
