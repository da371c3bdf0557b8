import { execFile } from 'node:child_process';
import { readFile, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { neverAborted, pause } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { serverFailed } from '../embeddedErrors.ts';
import type { PostgresBinaries } from './binaries.ts';
import { runProgram } from './runProgram.ts';

const pollMs = 25;
/** How long each of the two harder ways to stop may take; both work at once unless the disk hangs. */
const hardStopMs = 500;

export interface RunningServerOptions {
  readonly pid: number;
  readonly port: number;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  /** Whether the process is still there and still this server. */
  readonly isAlive: () => Promise<boolean>;
  readonly binaries: PostgresBinaries;
  readonly clock: Clock;
}

/** A server process on a cluster of ours, started by this run of the app or left behind by one that crashed. */
export class RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly startedAtMs: number;
  readonly #options: RunningServerOptions;

  constructor(options: RunningServerOptions) {
    this.#options = options;
    this.pid = options.pid;
    this.port = options.port;
    this.startedAtMs = options.startedAtMs;
  }

  isAlive(): Promise<boolean> {
    return this.#options.isAlive();
  }

  /**
   * Ends it: sessions are closed and files left clean within `deadlineMs`, else it is made to end within 1 s more and
   * recovers at the next start.
   * @throws EmbeddedError when it does not even then
   */
  async stop(deadlineMs: number): Promise<void> {
    const ways: readonly [ServerSignal, number][] = [
      ['INT', deadlineMs],
      ['QUIT', hardStopMs],
      ['KILL', hardStopMs],
    ];
    for (const [signal, waitMs] of ways) {
      if (!(await this.isAlive())) return;
      await signalServer(this.#options.binaries, this.pid, signal);
      if (await this.#endsWithin(waitMs)) return;
    }
    throw serverFailed('stopped', 'The server process did not exit.');
  }

  async #endsWithin(waitMs: number): Promise<boolean> {
    const { clock } = this.#options;
    const endMs = clock.monotonicMs() + waitMs;
    while (await this.isAlive()) {
      if (clock.monotonicMs() >= endMs) return false;
      await pause(clock, pollMs, neverAborted);
    }
    return true;
  }
}

const run = promisify(execFile);

/** `INT` is PostgreSQL's fast shutdown (sessions end, files are clean), `QUIT` its immediate one. */
export type ServerSignal = 'INT' | 'QUIT' | 'KILL';

/**
 * Whether the process is a PostgreSQL server that works on this cluster. A pid out of a file proves nothing: after a
 * crash the operating system gives it to any other program, which must be neither adopted nor signalled.
 */
export async function isServerOf(pid: number, clusterFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') return await isLinuxServerOf(pid, clusterFolder);
    if (process.platform === 'win32') return await isWindowsServer(pid);
    return await isPosixServerOf(pid, clusterFolder);
  } catch {
    // Gone between two looks, or another user's: not ours either way.
    return false;
  }
}

/** Sends a signal; a process that is gone is no error. Windows has none, so there PostgreSQL's own tool carries them. */
async function signalServer(binaries: PostgresBinaries, pid: number, signal: ServerSignal): Promise<void> {
  if (process.platform === 'win32') {
    await runProgram(binaries.pgCtl, ['kill', signal, String(pid)], neverAborted);
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether there is a process with this id that this user may signal, whatever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A server makes its cluster's folder its working directory at once. A process that ended but was not reaped has no command. */
async function isLinuxServerOf(pid: number, clusterFolder: string): Promise<boolean> {
  const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0', 1);
  if (path.basename(program) !== 'postgres') return false;
  return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(clusterFolder));
}

async function isPosixServerOf(pid: number, clusterFolder: string): Promise<boolean> {
  const { stdout } = await run('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  return stdout.includes(`postgres -D ${clusterFolder} `);
}

/** Windows does not show a command line to everyone; the program's name has to do. */
async function isWindowsServer(pid: number): Promise<boolean> {
  const tasklist = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'tasklist.exe');
  const { stdout } = await run(tasklist, ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
    windowsHide: true,
  });
  return stdout.toLowerCase().startsWith('"postgres.exe"');
}
