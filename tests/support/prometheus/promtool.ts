import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { resolveTestServers } from '../testServers.ts';

/** What comes with the app for Prometheus and Grafana. */
export const monitoringFolder = join(import.meta.dirname, '..', '..', '..', 'resources', 'monitoring');

export async function prometheusPrograms() {
  const { prometheus } = await resolveTestServers();
  if (prometheus === undefined) throw new Error('No Prometheus here; see docs/development.md.');
  return prometheus;
}

/** Runs promtool in the folder of what comes with the app; answers all it said. */
export async function promtool(
  args: readonly string[],
  input = '',
): Promise<{ status: number | null; output: string }> {
  const { promtool: program } = await prometheusPrograms();
  const child = spawn(program, args, { cwd: monitoringFolder });
  let output = '';
  const keep = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  return { status, output };
}
