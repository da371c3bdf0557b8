import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { abortReason, pause } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ClusterFiles } from '../cluster/ClusterFiles.ts';
import { writeSettings } from '../cluster/clusterSettings.ts';
import { readPostmasterFile } from '../cluster/postmasterFile.ts';
import { serverFailed } from '../embeddedErrors.ts';
import { type ServerSpec, serverHost } from '../ServerSpec.ts';
import type { PostgresBinaries } from './binaries.ts';
import { ownFiles } from './inheritedFiles.ts';
import { RunningServer } from './RunningServer.ts';
import { serverEnvironment } from './runProgram.ts';

/** Long, because after a crash the server recovers before it is ready. */
const readyTimeoutMs = 60_000;
const pollMs = 10;
const attemptCount = 6;
const firstRetryMs = 100;

export interface StartOptions {
  readonly binaries: PostgresBinaries;
  readonly spec: ServerSpec;
  readonly files: ClusterFiles;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told when the process has ended, however it did. */
  readonly onExit: (server: RunningServer) => void;
}

/** Why a server ended before it was ready. */
export type StartFailure = 'port-taken' | 'files-in-use' | 'other';

/**
 * Starts a server on the cluster and waits until it takes connections, on the port it had last if that is free. A port
 * that is taken at the last moment is given up for another; files that the sessions of a killed server still hold are
 * waited for.
 * @throws EmbeddedError with the server's words, or the abort's reason; then nothing runs
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { spec, files, clock, signal } = options;
  await writeSettings(files.cluster, spec);
  let retryMs = firstRetryMs;
  for (let attempt = 1; ; attempt += 1) {
    const started = await attemptStart(
      options,
      await choosePort(await files.rememberedPort(), spec.firstPort),
    );
    if (started instanceof RunningServer) {
      await files.rememberPort(started.port);
      return started;
    }
    if (attempt === attemptCount || startFailure(started.log) === 'other') {
      throw serverFailed('started', started.log);
    }
    await pause(clock, retryMs, signal);
    retryMs *= 2;
  }
}

/** What the server's log says about a start that failed. The log is in English whatever the person's language. */
export function startFailure(log: string): StartFailure {
  if (/could not (?:bind|create any TCP\/IP sockets)/.test(log)) return 'port-taken';
  if (/is still in use|lock file ".*" already exists/.test(log)) return 'files-in-use';
  return 'other';
}

async function attemptStart(options: StartOptions, port: number): Promise<RunningServer | { log: string }> {
  const { binaries, files, clock } = options;
  const log = await files.openLog();
  const child = await spawnServer(options, port, log.descriptor).finally(() => log.close());
  const pid = child.pid;
  if (pid === undefined) throw serverFailed('started', 'The server program could not be run.');
  const server = new RunningServer({
    pid,
    port,
    startedAtMs: clock.wallMs(),
    isAlive: async () => isRunning(child),
    binaries,
    clock,
  });
  child.once('exit', () => options.onExit(server));
  try {
    if (await untilReady(options, child)) return server;
  } catch (error) {
    await server.stop(2_000);
    throw error;
  }
  return { log: await files.logSince(log.length) };
}

/**
 * The server is a session of its own, so that Ctrl+C in the app's terminal reaches only the app, which then stops it in
 * order. PostgreSQL cannot be told to end with its parent: when the app is killed it goes on, and the next run adopts it.
 */
async function spawnServer(
  { binaries, files }: StartOptions,
  port: number,
  log: number,
): Promise<ChildProcess> {
  const own = await ownFiles(log);
  const child = spawn(binaries.postgres, ['-D', files.cluster, '-p', String(port)], {
    env: serverEnvironment(),
    stdio: own.stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.unref();
  const spawned = new Promise<ChildProcess>((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', (error) => reject(serverFailed('started', error.message, error)));
  });
  return spawned.finally(() => own.close());
}

/** Whether the server became ready; false when it ended instead. */
async function untilReady({ files, clock, signal }: StartOptions, child: ChildProcess): Promise<boolean> {
  const endMs = clock.monotonicMs() + readyTimeoutMs;
  while (isRunning(child)) {
    const file = await readPostmasterFile(files.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') return true;
    if (signal.aborted) throw abortReason(signal);
    if (clock.monotonicMs() >= endMs) throw serverFailed('started', 'The server was not ready in time.');
    await pause(clock, pollMs, signal);
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Ports that are tried from the first on. */
const triedCount = 100;

/** The preferred port when it is free, else the first free one from `firstPort` on, else any that the system offers. */
async function choosePort(preferred: number | null, firstPort: number): Promise<number> {
  if (preferred !== null && (await freePort(preferred)) !== null) return preferred;
  for (let port = firstPort; port < firstPort + triedCount; port += 1) {
    if ((await freePort(port)) !== null) return port;
  }
  return (await freePort(0)) ?? firstPort;
}

/** The port if it can be listened on right now (0 stands for any), else null. */
function freePort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: serverHost, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
