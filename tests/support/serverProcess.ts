import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';

/** Database servers refuse to run as root; a test run that is root starts them as nobody. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** For what hangs: beside all of `npm test`, MySQL takes a multiple of its two seconds. */
const startTimeoutMs = 60_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Resolves when the server has written that it accepts connections; rejects when it ends first or takes too long.
 * @param log all it has written to its standard output and error so far
 */
export function untilReady(server: ChildProcess, log: () => string, readyLine: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null) => {
      clearTimeout(deadline);
      for (const stream of [server.stdout, server.stderr]) stream?.off('data', check);
      server.off('exit', onExit);
      if (error === null) resolve();
      else reject(error);
    };
    const check = () => {
      if (log().includes(readyLine)) finish(null);
    };
    const onExit = () => finish(new Error(`The server ended while it started: ${log()}`));
    const deadline = setTimeout(
      () => finish(new Error(`The server is not up after ${startTimeoutMs} ms: ${log()}`)),
      startTimeoutMs,
    );
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', check);
    server.once('exit', onExit);
  });
}

/** Signals a PostgreSQL as a whole: it has a process for each connection. @param pid of the postmaster */
export function signalServer(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  process.kill(pid, signal);
  for (const child of children) {
    try {
      process.kill(Number(child), signal);
    } catch {
      // It has ended since.
    }
  }
}
