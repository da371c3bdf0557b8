import { PostgresCluster } from '../../support/postgresCluster.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { closedPort } from '../support/servers.ts';
import { expectTestPassed, failTest, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

test('several hosts, and a password from a command that runs only when the person has allowed it', async ({
  mooring,
}) => {
  const { page } = mooring;
  const cluster = await PostgresCluster.start({ sql: ["CREATE ROLE ann LOGIN PASSWORD 'pw-ann'"] });
  try {
    const hosts = `127.0.0.1:${await closedPort()},127.0.0.1:${cluster.port}`;
    await pasteUrl(page, `postgresql://ann@${hosts}/postgres?sslmode=disable&target_session_attrs=primary`);
    await expect(page.getByLabel('Port of host 2')).toHaveValue(String(cluster.port));
    await page.getByText('A command', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Command' }).fill('printf pw-ann');
    await answerQuestions(mooring, 'no');
    await failTest(page, /not allowed to run yet$/);
    await answerQuestions(mooring, 'yes');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await expect(page.getByText(/:\d+, connection refused$/)).toBeVisible();
    await saveAndConnect(page);
    await expect(page.getByText(`127.0.0.1:${cluster.port}`, { exact: true })).toBeVisible();
    expect(await questionsAsked(mooring)).toEqual(['Let Mooring run this program for the password?']);
  } finally {
    await cluster.dispose();
  }
});
