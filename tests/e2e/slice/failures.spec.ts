import { PostgresCluster } from '../../support/postgresCluster.ts';
import { TestAuthority } from '../../support/postgresClusterCertificates.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import { closedPort, silentServer } from '../support/servers.ts';
import {
  expectRetrying,
  expectState,
  expectTestPassed,
  failTest,
  pasteUrl,
  saveAndConnect,
} from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { connectShown, openSource } from '../support/window.ts';

const wrongPassword = 'wr0ng-Pässwort/+42';

test.describe('what goes wrong is told with its code, its causes and what to do', () => {
  let cluster: PostgresCluster;
  const url = (password: string, port = cluster.port) =>
    `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres?sslmode=disable`;

  test.beforeAll(async () => {
    const authority = await TestAuthority.create();
    const tls = await authority.issue({ names: ['IP:127.0.0.1'] });
    await authority.dispose();
    cluster = await PostgresCluster.start({
      tls,
      hba: ['hostnossl all guarded 127.0.0.1/32 reject'],
      sql: ["CREATE ROLE guarded LOGIN PASSWORD 'pw-guarded'"],
    });
  });

  test.afterAll(async () => {
    await cluster.dispose();
  });

  test('a wrong password, put right, connects after a restart without asking', async ({
    launch,
    userData,
  }) => {
    const { page, close } = await launch();
    await pasteUrl(page, url(wrongPassword));
    await failTest(page, /password/i);
    await expect(page.getByRole('alert')).toContainText('28P01');
    await expect(page.getByLabel('Host')).toHaveValue('127.0.0.1');
    await expect(page.getByLabel('User')).toHaveValue('postgres');
    await page.getByLabel('Password', { exact: true }).fill(cluster.password);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await close();

    const again = await launch();
    await openSource(again.page, /postgres on 127/);
    await connectShown(again.page);
    await expectState(again.page, 'Connected');
    await again.close();
    expect(filesWithSecret(userData, wrongPassword)).toEqual([]);
    expect(filesWithSecret(userData, cluster.password)).toEqual([]);
  });

  test('a server that wants TLS is reached by the buttons beside its errors, and its databases are listed', async ({
    mooring: { page },
  }) => {
    const guarded = `postgresql://guarded:pw-guarded@127.0.0.1:${cluster.port}/nosuch?sslmode=disable`;
    const press = (name: string) => page.getByRole('button', { name }).click();
    const failed = (name: RegExp) => page.getByRole('alert').getByRole('heading', { level: 3, name });
    await pasteUrl(page, guarded);
    await failTest(page, /requires TLS/);
    await press('Use TLS and verify the server');
    await expect(failed(/is not trusted/)).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'TLS mode' })).toHaveValue(
      /certificate and host name verified/,
    );
    await press('Add a CA certificate');
    await expect(page.getByLabel('CA certificates (PEM)')).toBeFocused();
    await press('Encrypt without verifying…');
    const question = page.getByRole('dialog').filter({ hasText: 'an impostor would receive your password' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('combobox', { name: 'TLS mode' })).toHaveValue(
      /certificate and host name verified/,
    );
    await press('Encrypt without verifying…');
    await question.getByRole('button', { name: 'Use it and test again' }).click();
    await expect(failed(/no database named nosuch/)).toBeVisible();
    await press('Choose a database…');
    await page.getByRole('option', { name: 'postgres' }).click();
    await expectTestPassed(page);
    await expect(page.getByRole('textbox', { name: 'Database', exact: true })).toHaveValue('postgres');
  });

  test('a closed port says so, and the data source can be saved and says the same when it connects', async ({
    mooring: { page },
  }) => {
    const port = await closedPort();
    await pasteUrl(page, url('any', port));
    await failTest(page, /The connection to .* was refused/);
    await expect(page.getByRole('alert')).toContainText('ECONNREFUSED');
    await expect(page.getByRole('alert')).toContainText(String(port));
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await expectRetrying(page);
    await expect(page.getByRole('main').getByRole('button', { name: 'Try now' })).toBeVisible();
  });

  test('an unknown host says so, with the name that was typed', async ({ mooring: { page } }) => {
    await pasteUrl(page, 'postgresql://postgres:any@no-such-host.invalid/postgres?sslmode=disable');
    await failTest(page, /host/i);
    await expect(page.getByRole('alert')).toContainText('no-such-host.invalid');
  });

  test('a test that hangs is cancelled down to the socket', async ({ mooring: { page } }) => {
    const { server, port, closed } = await silentServer();
    await pasteUrl(page, url('any', port));
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByRole('button', { name: 'Cancel test' }).click();
    await expect(page.getByText('The test was cancelled')).toBeVisible();
    await closed;
    server.close();
  });

  test('a data source reconnects by itself when its server is back', async ({ mooring: { page } }) => {
    const own = await PostgresCluster.start();
    await pasteUrl(
      page,
      `postgresql://postgres:${own.password}@127.0.0.1:${own.port}/postgres?sslmode=disable`,
    );
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await own.stop();
    await expectRetrying(page);
    await own.startServer();
    await expectState(page, 'Connected', 45_000);
    await own.dispose();
  });
});
