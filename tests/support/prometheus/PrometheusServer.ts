import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort, untilReady } from '../serverProcess.ts';
import { monitoringFolder, prometheusPrograms } from './promtool.ts';

const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().optional(),
  data: z.unknown(),
});

const vectorSchema = z.object({
  result: z.array(
    z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
  ),
});

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          name: z.string(),
          query: z.string(),
          health: z.string(),
          lastError: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** A real Prometheus on a free port of 127.0.0.1, with the alert rules that come with the app. */
export class PrometheusServer {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #port: number;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.#port = port;
  }

  /** @param scrapeConfig the text that Mooring put on the clipboard */
  static async start(scrapeConfig: string): Promise<PrometheusServer> {
    const { server } = await prometheusPrograms();
    const folder = await mkdtemp(join(tmpdir(), 'mooring-prometheus-'));
    const port = await freePort();
    await cp(join(monitoringFolder, 'alerts.yml'), join(folder, 'alerts.yml'));
    const global = 'global:\n  scrape_interval: 1s\n  evaluation_interval: 1s\nrule_files: [alerts.yml]\n';
    await writeFile(join(folder, 'prometheus.yml'), global + scrapeConfig, { mode: 0o600 });
    const child = spawn(server, [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
    const prometheus = new PrometheusServer(child, folder, port);
    try {
      await untilReady(child, () => log, 'Server is ready to receive web requests');
    } catch (error) {
      await prometheus.dispose();
      throw error;
    }
    return prometheus;
  }

  /** @returns the values, as text @throws what Prometheus says is wrong with the expression */
  async query(expression: string): Promise<string[]> {
    const data = await this.#ask(`query?query=${encodeURIComponent(expression)}`);
    return vectorSchema.parse(data).result.map(({ value: [, text] }) => text);
  }

  async rules() {
    return rulesSchema.parse(await this.#ask('rules')).groups.flatMap(({ rules }) => rules);
  }

  async dispose(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ask(path: string): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/api/v1/${path}`);
    const { status, error, data } = answerSchema.parse(await response.json());
    if (status === 'error') throw new Error(error);
    return data;
  }
}
