import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { typedPassword as typed } from '../../support/dataSources.ts';
import { failureOf } from '../../support/failureOf.ts';
import { PostgresAdministrator } from '../../support/faults/postgresEngine.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { servicesUnderTest } from '../../support/servicesUnderTest.ts';

let cluster: PostgresCluster;
let administrator: PostgresAdministrator;

beforeAll(async () => {
  cluster = await PostgresCluster.start({
    hba: ['host all trusted 127.0.0.1/32 trust'],
    sql: ['create role trusted login', 'create role ann login'],
  });
  administrator = new PostgresAdministrator(cluster);
});

afterAll(() => cluster.dispose());

const setPassword = (value: string) => administrator.query(`alter role ann password '${value}'`);

async function savedApp(user: string, secrets: Draft['secrets']) {
  const app = servicesUnderTest();
  const fields = fieldsFor({ ...cluster, user });
  const { dataSource } = await app.dataSources.save({ id: null, fields, secrets }, neverAborted);
  const { id } = dataSource;
  return {
    ...app,
    id,
    dataSource,
    type: (value: string, remember: boolean) =>
      app.connecting.connect(id, { field: 'password', value, remember }, neverAborted),
    state: () => app.manager.states()[id],
    isSaved: () => app.dataSources.list().dataSources[0]?.secrets.password?.stored ?? false,
  };
}

/** Whether the next start of the app connects with what is saved. */
async function connectsAfterRestart({
  folder,
  keychain,
  shutdown,
  id,
}: Awaited<ReturnType<typeof savedApp>>) {
  await shutdown();
  const app = servicesUnderTest({ folder, keychain });
  return app.connecting.connect(id, null, neverAborted).then(
    () => true,
    () => false,
  );
}

describe('a password typed to be saved', () => {
  it('is saved only when the server accepts it, also while connections from before are open', async () => {
    await setPassword('first');
    const app = await savedApp('ann', typed('first'));
    await app.connecting.connect(app.id, null, neverAborted);
    expect((await failureOf(app.type('wrong', true))).code).toBe('AUTH_FAILED');
    expect(app.state()).toMatchObject({ status: 'ready' });
    expect(await connectsAfterRestart(app)).toBe(true);
  });

  it('is saved after the log-in that it was typed for', async () => {
    await setPassword('first');
    const app = await savedApp('ann', {});
    expect((await failureOf(app.type('wrong', true))).code).toBe('AUTH_FAILED');
    expect(app.isSaved()).toBe(false);
    await app.type('first', true);
    expect(app.state()).toMatchObject({ status: 'ready' });
    expect(await connectsAfterRestart(app)).toBe(true);
  });

  it('is not saved when the server lets the user in without asking for it', async () => {
    const app = await savedApp('trusted', {});
    expect((await failureOf(app.type('never asked for', true))).code).toBe('PASSWORD_NOT_USED');
    expect(app.state()).toMatchObject({ status: 'ready' });
    expect(app.isSaved()).toBe(false);
  });
});

describe('a data source that was saved without a password', () => {
  it('wants one when the server does, and a typed one connects it', async () => {
    await setPassword('first');
    const app = await savedApp('ann', {});
    const failure = await failureOf(app.connecting.connect(app.id, null, neverAborted));
    expect(failure.code).toBe('PASSWORD_REQUIRED');
    expect(app.state()).toMatchObject({ status: 'failed', reason: { code: 'PASSWORD_REQUIRED' } });
    await app.type('first', false);
    expect(app.state()).toMatchObject({ status: 'ready' });
    expect(app.isSaved()).toBe(false);
  });
});

describe('a pool that works in part, because the server refuses the password for more', () => {
  async function degradedApp() {
    await setPassword('first');
    const app = await savedApp('ann', typed('first'));
    await app.connecting.connect(app.id, null, neverAborted);
    const sessions = async () => {
      const rows = await administrator.query(`select pid from pg_stat_activity where usename = 'ann'`);
      return rows.map(({ pid }) => Number(pid));
    };
    await until(async () => expect(await sessions()).toHaveLength(2));
    await setPassword('second');
    await administrator.terminate((await sessions()).slice(0, 1));
    await until(() =>
      expect(app.state()).toMatchObject({ status: 'degraded', reason: { code: 'AUTH_FAILED' } }),
    );
    return { ...app, sessions };
  }

  it('heals with the right one, and stays as it is with a wrong one', async () => {
    const app = await degradedApp();
    expect((await failureOf(app.type('wrong', false))).code).toBe('AUTH_FAILED');
    expect(app.state()).toMatchObject({ status: 'degraded' });
    await app.type('second', false);
    expect(app.state()).toMatchObject({ status: 'ready' });
    await until(async () => expect(await app.sessions()).toHaveLength(2));
    expect(app.state()).toMatchObject({ status: 'ready' });
  });
});
