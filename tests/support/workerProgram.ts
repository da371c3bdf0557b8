import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readLine } from '../../src/main/observability/log/logLines.ts';
import type { QueueStore } from '../../src/main/sync/queue/QueueStore.ts';
import { type WorkerKey, writeWorkerKey } from '../../src/main/sync/queue/WorkerKey.ts';

const slow = { timeout: 25_000, interval: 20 };

/** The options that let the program reach a queue, whose secrets it writes into the folder. */
export async function reaching(store: QueueStore, key: WorkerKey, folder: string): Promise<string[]> {
  const [keyFile, passwordFile] = [join(folder, 'worker.key'), join(folder, 'queue.password')];
  await writeFile(keyFile, `${writeWorkerKey(key)}\n`, { mode: 0o600 });
  await writeFile(passwordFile, `${store.password ?? ''}\n`, { mode: 0o600 });
  const password = store.password === null ? [] : ['--queue-password-file', passwordFile];
  const { tls } = store;
  const authorities =
    tls.mode === 'verified' && tls.caPem !== null ? ['--ca-file', join(folder, 'ca.pem')] : [];
  if (tls.mode === 'verified' && tls.caPem !== null) await writeFile(join(folder, 'ca.pem'), tls.caPem);
  return ['--queue', addressOf(store), '--key-file', keyFile, ...password, ...authorities];
}

function addressOf({ type, host, port, user, database, tls }: QueueStore): string {
  const isProtected = tls.mode === 'verified';
  const scheme = type === 'redis' && isProtected ? 'rediss' : type;
  const where = `${scheme}://${user === null ? '' : `${user}@`}${host}:${port}/${database}`;
  return type === 'postgres' && !isProtected ? `${where}?sslmode=disable` : where;
}

/** A running mooring-worker, and all that it has written. */
export class WorkerProgram {
  readonly pid: number;
  /** Settles when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly #signal: (signal: NodeJS.Signals) => void;
  readonly #output: () => string;
  readonly #errors: () => string;

  private constructor(entry: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
    // Nothing of this repository is beside it, and nothing of our environment counts.
    const env = { PATH: process.env.PATH, ...environment };
    const child = spawn(process.execPath, [entry, ...args], { cwd: '/', env, stdio: 'pipe' });
    const [output, errors] = [[] as string[], [] as string[]];
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    this.pid = child.pid ?? 0;
    this.ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
    this.#signal = (signal) => void child.kill(signal);
    this.#output = () => output.join('');
    this.#errors = () => errors.join('');
  }

  static start(
    entry: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): WorkerProgram {
    return new WorkerProgram(entry, args, environment);
  }

  /** Starts it, and waits until it takes runs. */
  static async ready(entry: string, args: readonly string[]): Promise<WorkerProgram> {
    const program = WorkerProgram.start(entry, args);
    await program.said('Ready: runs are taken from the queue');
    return program;
  }

  get output(): string {
    return this.#output();
  }

  get errors(): string {
    return this.#errors();
  }

  /** The messages of its log; what is no line of it stands there as it is. */
  get messages(): string[] {
    const lines = this.output.split('\n').filter((line) => line !== '');
    return lines.map((line) => readLine(line)?.message ?? `no line: ${line}`);
  }

  /** Waits for a line of the log with this message. */
  async said(message: string): Promise<void> {
    await expect.poll(() => [...this.messages, this.errors], slow).toContain(message);
  }

  kill(signal: NodeJS.Signals): void {
    this.#signal(signal);
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    this.kill('SIGTERM');
    await this.ended;
  }
}
