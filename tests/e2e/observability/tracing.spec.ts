import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { TraceReceiver } from '../../support/TraceReceiver.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { editor, resultTabs, runAll } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openTab } from '../support/window.ts';

const traces = (page: Page) => page.getByRole('region', { name: 'Traces for OpenTelemetry' });
const servers = (page: Page) => page.getByRole('region', { name: 'Traceparent for database servers' });
const endpoint = (page: Page) => traces(page).getByLabel('Endpoint');

async function setEndpoint(page: Page, text: string): Promise<void> {
  await endpoint(page).fill(text);
  await endpoint(page).press('Enter');
}

test('tracing: a person sends their traces to a collector of their own, which is told the truth and no more', async ({
  mooring,
}) => {
  test.setTimeout(120_000);
  const { page } = mooring;
  const cluster = await PostgresCluster.start();
  const receiver = await TraceReceiver.start();
  try {
    await pasteUrl(
      page,
      `postgresql://postgres:${cluster.password}@127.0.0.1:${cluster.port}/postgres?sslmode=disable`,
    );
    await saveAndConnect(page);
    await page.keyboard.press('Control+t');
    await expect(editor(page)).toBeVisible();

    await test.step('it is off; an endpoint that is none is refused, and another computer asks first', async () => {
      await page.keyboard.press('Control+,');
      await page.getByRole('tab', { name: 'Tracing' }).click();
      const isOn = traces(page).getByRole('switch', { name: /^Tracing/ });
      await expect(isOn).not.toBeChecked();
      await isOn.click();
      await expect(isOn).toBeChecked();
      await setEndpoint(page, 'http://collector.example');
      await expect(traces(page).getByText(/Enter an https/)).toBeVisible();
      await answerQuestions(mooring, 'no');
      await setEndpoint(page, 'https://collector.example');
      await expect.poll(() => questionsAsked(mooring)).toEqual(['Send traces to https://collector.example?']);
      await expect(traces(page).getByRole('button', { name: 'Send test span' })).toBeHidden();
    });

    await test.step('the test says what is wrong, and what works', async () => {
      receiver.answer = { status: 401 };
      await setEndpoint(page, receiver.endpoint);
      await traces(page).getByRole('button', { name: 'Send test span' }).click();
      await expect(page.getByRole('alert')).toContainText('does not accept the header');
      await expectAccessible(page, 'a collector that refuses');
      await traces(page).getByLabel('Header name').fill('authorization');
      await traces(page).getByLabel('Header value').fill('Bearer canary-key');
      await traces(page).getByRole('button', { name: 'Set header' }).click();
      await expect(traces(page).getByText('authorization, in this computer’s keychain')).toBeVisible();
      receiver.answer = { status: 200 };
      await traces(page).getByRole('button', { name: 'Send test span' }).click();
      await expect(
        traces(page).getByText(/The collector took the test span in .*\(HTTP 200\)/),
      ).toBeVisible();
      expect(receiver.headers.at(-1)?.authorization).toBe('Bearer canary-key');
      await servers(page)
        .getByRole('switch', { name: /^Comment/ })
        .click();
      await servers(page)
        .getByRole('switch', { name: /^Application name/ })
        .click();
    });

    await test.step('a run arrives there, without what it was about', async () => {
      await openTab(page, /^query 1/).click();
      await runAll(page, "SELECT 'canary value'; SELECT current_setting('application_name')");
      await expect(resultTabs(page).nth(1)).toBeVisible();
      await expect
        .poll(() => receiver.spans.map(({ name }) => name), { timeout: 15_000 })
        .toContain('click query.run');
      const run = receiver.spans.find(({ name }) => name === 'click query.run');
      const names = receiver.spansOf(run?.traceId ?? '').map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['stream query.run', 'acquire', 'statement user']));
      expect(receiver.texts.join('\n')).not.toMatch(/canary|SELECT|127\.0\.0\.1/);
      await page.keyboard.press('Control+,');
      await expect(traces(page).getByText(/^(now|\d+ sec\.? ago)$/)).toBeVisible();
    });
  } finally {
    await receiver.close();
    await cluster.dispose();
  }
});
