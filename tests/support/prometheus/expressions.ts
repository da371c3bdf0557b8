import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { monitoringFolder } from './promtool.ts';

const panelSchema = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  description: z.string().min(1).optional(),
  datasource: z.object({ uid: z.string() }).optional(),
  targets: z.array(z.object({ expr: z.string(), datasource: z.object({ uid: z.string() }) })).optional(),
});

const dashboardSchema = z.object({
  schemaVersion: z.int(),
  panels: z.array(panelSchema),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })),
  }),
});

export const readDashboard = () =>
  dashboardSchema.parse(JSON.parse(readFileSync(join(monitoringFolder, 'dashboard.json'), 'utf8')));

/** An expression as Prometheus gets it when everything is chosen, with its place for the message of a failure. */
export interface Expression {
  readonly where: string;
  readonly text: string;
}

/** What Grafana fills in: all data sources, and a time range that is short enough for a test. */
const variables: Readonly<Record<string, string>> = {
  $__rate_interval: '10s',
  $__range: '1m',
  $source: '.*',
  $instance: '.*',
};

export function dashboardExpressions(): Expression[] {
  return readDashboard().panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({
      where: `panel “${title}”`,
      text: expr.replace(/\$\w+/g, (name) => variables[name] ?? name),
    })),
  );
}

/** Names of series that an expression asks for. */
export const seriesIn = (expression: string): string[] =>
  expression.match(/\b(?:mooring|process|nodejs)_\w+/g) ?? [];
