import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { untilReady } from '../serverProcess.ts';

const run = promisify(execFile);

/** OpenSSH's own ssh-agent on a socket of its own. */
export class SshAgent {
  readonly socket: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, socket: string, process: ChildProcess) {
    this.#folder = folder;
    this.socket = socket;
    this.#process = process;
  }

  static async start(): Promise<SshAgent> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-ssh-agent-'));
    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    agent.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await untilReady(agent, () => printed, 'SSH_AUTH_SOCK');
    const askPass = join(folder, 'ask');
    await writeFile(askPass, '#!/bin/sh\necho of the agent\n', { mode: 0o700 });
    return new SshAgent(folder, socket, agent);
  }

  async add(keyPath: string): Promise<void> {
    await this.#sshAdd('-q', keyPath);
  }

  /** From now on it shows no keys and signs nothing. */
  async lock(): Promise<void> {
    await this.#sshAdd('-x');
  }

  async dispose(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #sshAdd(...options: readonly string[]): Promise<void> {
    const ask = { SSH_ASKPASS: join(this.#folder, 'ask'), SSH_ASKPASS_REQUIRE: 'force' };
    await run('ssh-add', options, { env: { ...process.env, ...ask, SSH_AUTH_SOCK: this.socket } });
  }
}
