import { get } from 'node:http';
import { createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { dashboardExpressions, seriesIn } from '../../support/prometheus/expressions.ts';
import { PrometheusServer } from '../../support/prometheus/PrometheusServer.ts';
import { promtool } from '../../support/prometheus/promtool.ts';
import { freePort } from '../../support/serverProcess.ts';
import { somePipeline } from '../../support/somePipeline.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { ask } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { clipboard } from '../support/grid.ts';
import { editor, results, resultTabs, runAll } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openTab } from '../support/window.ts';

/** Panels for what did not happen here: nothing failed to connect, and there is no API. */
const mayBeEmpty = [
  ...['panel “Failed connects by code”', 'panel “Wait for a connection”'],
  ...['panel “Requests by status”', 'panel “Wait before sending”', 'panel “Requests left”'],
];

const endpoint = (page: Page) => page.getByRole('region', { name: 'Metrics for Prometheus' });
const portField = (page: Page) => endpoint(page).getByLabel('Port');
const onSwitch = (page: Page) => endpoint(page).getByRole('switch', { name: /^Metrics endpoint/ });

async function setPort(page: Page, port: number): Promise<void> {
  await portField(page).fill(String(port));
  await portField(page).press('Enter');
}

/** A program that was there first. */
async function portInUse() {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  return { port, free: () => new Promise((resolve) => server.close(resolve)) };
}

async function copiedConfig({ app, page }: { app: Parameters<typeof clipboard>[0]; page: Page }) {
  await app.evaluate(({ clipboard: board }) => board.writeText('before'));
  await endpoint(page).getByRole('button', { name: 'Copy scrape configuration…' }).click();
  await expect.poll(() => clipboard(app)).toContain('job_name: mooring');
  return clipboard(app);
}

/** Not by `fetch`, which adds what browsers add. */
function scrape(port: number, token: string): Promise<{ status: number | undefined; text: string }> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/metrics', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    }).on('error', reject);
  });
}

/** Copies one row within the only data source. */
async function runPipeline(page: Page): Promise<void> {
  const { dataSources } = await ask(page, 'dataSources.list', null);
  const id = dataSources[0]?.dataSource.id ?? '';
  const pipeline = somePipeline(
    { from: id, to: id },
    {
      schedule: { type: 'manual' },
      source: { type: 'query', sourceId: id, text: 'SELECT 1 AS id' },
      destination: {
        ...{ type: 'table', sourceId: id, table: { schema: 'public', name: 'copied' } },
        ...{ mode: 'append', key: [] },
      },
    },
  );
  const saved = await ask(page, 'pipelines.save', { id: null, revision: null, pipeline });
  await ask(page, 'pipelines.run', { id: saved.id, again: false });
}

const tokenIn = (config: string): string => /credentials: (\S+)/.exec(config)?.[1] ?? '';

test('monitoring: a real Prometheus reads the app with what the settings give, and every panel and rule has its series', async ({
  mooring,
}) => {
  // The queue of runs is created, too.
  test.setTimeout(300_000);
  const { page } = mooring;
  const cluster = await PostgresCluster.start();
  const url = `postgresql://postgres:${cluster.password}@127.0.0.1:${cluster.port}/postgres?sslmode=disable`;
  await pasteUrl(page, url);
  await saveAndConnect(page);
  await page.keyboard.press('Control+t');
  await expect(editor(page)).toBeVisible();
  await runAll(page, "SELECT 1 AS secret_column_name; SELECT 'secret value'");
  await expect(resultTabs(page).nth(1)).toBeVisible();
  const taken = await portInUse();
  const port = await freePort();

  await test.step('it is off, and a port that is taken is told, with what to do', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Monitoring' }).click();
    await expect(onSwitch(page)).not.toBeChecked();
    await setPort(page, 80);
    await expect(endpoint(page).getByText('Enter a whole number from 1024 to 65535.')).toBeVisible();
    await portField(page).fill(String(taken.port));
    await onSwitch(page).click();
    await expect(page.getByRole('alert')).toContainText(`Port ${taken.port} is already in use`);
    await expect(onSwitch(page)).not.toBeChecked();
    await expectAccessible(page, 'a port that is taken');
    await taken.free();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await expect(endpoint(page).getByText(`http://127.0.0.1:${taken.port}/metrics`)).toBeVisible();
    await setPort(page, port);
    await expect(endpoint(page).getByText(`http://127.0.0.1:${port}/metrics`)).toBeVisible();
    await expect(endpoint(page).getByText('In this computer’s keychain')).toBeVisible();
    await expectAccessible(page, 'the endpoint listens');
  });

  await answerQuestions(mooring, 'yes');
  const config = await copiedConfig(mooring);
  const prometheus = await PrometheusServer.start(config);
  try {
    await test.step('the window is told when Prometheus has read it', async () => {
      await expect.poll(() => prometheus.query('up{job="mooring"}')).toEqual(['1']);
      await expect(endpoint(page).getByText(/^(now|\d+ sec\.? ago)$/)).toBeVisible();
    });
    await test.step('its series are as they should be, and name nothing that is not theirs to name', async () => {
      const { text } = await scrape(port, tokenIn(config));
      expect(await promtool(['check', 'metrics'], text)).toEqual({ status: 0, output: '' });
      expect(text).not.toMatch(/secret|SELECT|postgres|127\.0\.0\.1/);
      expect(text).not.toContain(tokenIn(config));
    });
    await test.step('every expression of dashboard and rules works, and those that must have a value have one', async () => {
      await runPipeline(page);
      const runs = 'sum(mooring_pipeline_runs_total{outcome="succeeded"} offset 3s)';
      await expect.poll(() => prometheus.query(runs), { timeout: 90_000 }).toEqual(['1']);
      await openTab(page, /^query 1/).click();
      await runAll(page, 'SELECT 1; SELECT nothing_of_this_name');
      await expect(
        results(page)
          .getByText(/nothing_of_this_name/)
          .first(),
      ).toBeVisible();
      const failures = 'sum(increase(mooring_queries_total{purpose="user",outcome="error"}[10s]))';
      await expect.poll(async () => Number((await prometheus.query(failures))[0])).toBeGreaterThan(0);
      for (const { where, text } of dashboardExpressions()) {
        const values = await prometheus.query(text);
        if (!mayBeEmpty.includes(where)) expect(values, `${where}: ${text}`).not.toEqual([]);
      }
      const rules = await prometheus.rules();
      expect(rules.length).toBeGreaterThanOrEqual(12);
      expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
      // A misspelt name would be an empty panel, or an alert that never fires.
      const asked = [...dashboardExpressions().map(({ text }) => text), ...rules.map(({ query }) => query)];
      const { text } = await scrape(port, tokenIn(config));
      for (const name of asked.flatMap(seriesIn))
        expect(text).toMatch(new RegExp(`^# TYPE ${name.replace(/_bucket$/, '')} `, 'm'));
    });
    await test.step('a renewed token ends what knew the old one', async () => {
      await page.keyboard.press('Control+,');
      await endpoint(page).getByRole('button', { name: 'Renew token…' }).click();
      await expect.poll(() => prometheus.query('up{job="mooring"}')).toEqual(['0']);
      const renewed = tokenIn(await copiedConfig(mooring));
      expect(renewed).not.toBe(tokenIn(config));
      expect((await scrape(port, renewed)).status).toBe(200);
      expect(await questionsAsked(mooring)).toEqual([
        'Copy the scrape configuration with its token?',
        'Renew the token of the metrics endpoint?',
        'Copy the scrape configuration with its token?',
      ]);
      await onSwitch(page).click();
      await expect(onSwitch(page)).not.toBeChecked();
      await expect(scrape(port, renewed)).rejects.toThrow('ECONNREFUSED');
    });
  } finally {
    await prometheus.dispose();
    await cluster.dispose();
  }
});
