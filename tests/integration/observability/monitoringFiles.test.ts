import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDashboard } from '../../support/prometheus/expressions.ts';
import { monitoringFolder, promtool } from '../../support/prometheus/promtool.ts';

const readText = (name: string) => readFileSync(join(monitoringFolder, name), 'utf8');

describe('the alert rules', () => {
  it('are rules that Prometheus understands', async () => {
    expect(await promtool(['check', 'rules', 'alerts.yml'])).toMatchObject({ status: 0 });
  });

  it('fire when they must, and do not when they must not, in every scenario', async () => {
    const { status, output } = await promtool(['test', 'rules', 'alerts.test.yml']);
    expect(output).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('each have a scenario in which they fire', () => {
    const alerts = [...readText('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    const scenarios = readText('alerts.test.yml');
    expect(alerts.length).toBeGreaterThan(0);
    for (const name of alerts)
      expect(scenarios, name).toMatch(new RegExp(`alertname: ${name}\\n +exp_alerts:\\n`));
    for (const name of alerts)
      expect(scenarios, name).toContain(`alertname: ${name}\n        exp_alerts: []`);
  });
});

describe('the scrape configuration in the folder', () => {
  it('is one that Prometheus understands', async () => {
    const { output } = await promtool(['check', 'config', '--syntax-only', 'scrape.yml']);
    expect(output).toContain('scrape.yml is valid');
  });
});

describe('the dashboard', () => {
  const { panels, schemaVersion, templating } = readDashboard();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variable, not ours
  const chosen = '${datasource}';

  it('is for a Grafana of today, whose Prometheus, instance and data source a person chooses', () => {
    expect(schemaVersion).toBeGreaterThanOrEqual(38);
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'instance', 'source']);
    for (const { title, datasource, targets = [] } of panels.filter(({ type }) => type !== 'row')) {
      expect(datasource?.uid, title).toBe(chosen);
      for (const target of targets) expect(target.datasource.uid, title).toBe(chosen);
    }
  });

  it('says of each panel what it shows', () => {
    for (const { type, title, description, targets } of panels) {
      if (type === 'row') continue;
      expect(description, title).toMatch(/\.$/);
      expect(targets?.length, title).toBeGreaterThan(0);
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('lays no panel over another one', () => {
    const taken = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)}/${y + Math.floor(at / w)}`),
    );
    expect(new Set(taken).size).toBe(taken.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });
});
