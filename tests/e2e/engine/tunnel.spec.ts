import type { Locator, Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { makeKey, type PersonalKey, SshServer } from '../../support/ssh/SshServer.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { expectState, expectTestPassed, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { connectShown, openRelation, openSource } from '../support/window.ts';

test.describe('a server behind two SSH servers', () => {
  let cluster: PostgresCluster;
  let key: PersonalKey;
  let servers: readonly SshServer[];

  test.beforeAll(async () => {
    key = await makeKey({ passphrase: 'of the key' });
    const authorized = [key.publicLine];
    cluster = await PostgresCluster.start({ sql: ['create table shelf as select 7 as books'] });
    servers = await Promise.all([SshServer.start({ authorized }), SshServer.start({ authorized })]);
  });

  test.afterAll(async () => {
    await Promise.all([...servers.map((server) => server.dispose()), cluster.dispose(), key.dispose()]);
  });

  async function fillHop(page: Page, number: number): Promise<Locator> {
    const server = servers[number - 1];
    const hop = page.getByRole('group', { name: `SSH server ${number}` });
    await hop.getByLabel('SSH host').fill(server?.host ?? '');
    await hop.getByLabel('SSH port').fill(String(server?.port));
    await hop.getByLabel('SSH user').fill(server?.user ?? '');
    await hop.getByLabel('Key file').fill(key.path);
    await hop.getByLabel('Passphrase of the key', { exact: true }).fill('of the key');
    return hop;
  }

  test('is tested hop by hop, its SSH servers are accepted once, and its rows are shown', async ({
    mooring,
  }) => {
    const { page } = mooring;
    await answerQuestions(mooring, 'yes');
    const { password, port } = cluster;
    await pasteUrl(page, `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`);
    await page.getByRole('combobox', { name: 'Connect through' }).click();
    await page.getByRole('option', { name: 'SSH tunnel' }).click();
    await page.getByRole('button', { name: 'Add SSH server' }).click();
    await fillHop(page, 1);
    await fillHop(page, 2);
    await expectAccessible(page, 'the form of a tunnel');

    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page, 60_000);
    const stages = page.getByRole('list', { name: 'Test stages' });
    for (const server of servers)
      await expect(stages.getByText(`SSH: ${server.user}@127.0.0.1:${server.port}`)).toBeVisible();
    expect(await questionsAsked(mooring)).toHaveLength(2);

    await saveAndConnect(page);
    await openRelation(page, 'public', 'shelf');
    await expect(page.getByText('books').first()).toBeVisible();
    // The servers are known by now.
    expect(await questionsAsked(mooring)).toHaveLength(2);
    await test.step('a changed key is refused until both were compared, and then it connects', async () => {
      const [server] = servers;
      await server?.stop();
      await server?.newHostKey();
      await server?.startServer();
      await openSource(page, /postgres on 127/);
      await page.getByRole('main').getByRole('button', { name: 'Disconnect', exact: true }).click();
      await connectShown(page);
      await page.getByRole('button', { name: 'Compare the keys…' }).click();
      await expectState(page, 'Connected', 30_000);
      expect((await questionsAsked(mooring)).at(-1)).toMatch(/^Accept another key of the SSH server/);
    });
  });
});
