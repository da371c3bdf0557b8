import { neverAborted, throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { ClusterFiles } from './cluster/ClusterFiles.ts';
import { createCluster } from './cluster/createCluster.ts';
import { findLeftServer, openCluster } from './cluster/openCluster.ts';
import { readPostmasterFile } from './cluster/postmasterFile.ts';
import { serverFilesGone } from './embeddedErrors.ts';
import { ensurePassword, type ServerSecrets } from './login/serverPassword.ts';
import { checkToolchain, type PostgresBinaries, type Toolchain } from './process/binaries.ts';
import type { RunningServer } from './process/RunningServer.ts';
import type { ServerSpec } from './ServerSpec.ts';

/** How long sessions may take to end when the server makes way for a new cluster or a new password. */
const makeWayMs = 5_000;
/** An adopted server is nobody's child, so its end is not told: it is looked for this often. */
const watchMs = 5_000;
/** Share of the making of a cluster in all that a first use does; the rest is the start. */
const makingShare = 0.95;

/** What is being done. */
export type EmbeddedActivity = 'creating' | 'starting' | 'resetting';

/**
 * `binaries` finds the programs and is asked at first use; `dataFolder` is the server's alone and made when needed; the
 * database is filled from the SQL files in `seedFolder`, or stays empty.
 */
export interface EmbeddedPostgresOptions {
  readonly spec: ServerSpec;
  readonly binaries: () => Promise<PostgresBinaries>;
  readonly dataFolder: string;
  readonly seedFolder: string | null;
  readonly secrets: ServerSecrets;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told at each step; `progress` is 0 to 1 over the whole of the activity. */
  readonly onStep: (activity: EmbeddedActivity, step: string, progress: number) => void;
  /** Told when the server ended without being asked to. */
  readonly onLost: () => void;
}

/**
 * A PostgreSQL of the app's own: its cluster on the disk and the server on it, with one role and one database. Its
 * methods must not run at the same time; they throw EmbeddedError, errors of file work and what the vault throws.
 */
export class EmbeddedPostgres {
  readonly #options: EmbeddedPostgresOptions;
  readonly #files: ClusterFiles;
  #toolchain: Toolchain | null = null;
  #server: RunningServer | null = null;

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options;
    this.#files = new ClusterFiles(options.dataFolder);
  }

  exists(): boolean {
    return this.#files.exists();
  }

  /** The server that runs, as far as is known. */
  get server(): RunningServer | null {
    return this.#server;
  }

  /** Creates, fills and starts what is not there yet. */
  async open(signal: AbortSignal): Promise<RunningServer> {
    throwIfAborted(signal);
    const running = await this.#usableServer();
    if (running !== null) return running;
    const toolchain = await this.#checkedToolchain();
    await this.#files.prepare();
    const password = await ensurePassword(this.#options.secrets);
    await this.#setAsideOtherVersion(toolchain);
    const isNew = !this.exists();
    if (isNew) await this.#files.install(await this.#make('creating', toolchain, password, signal));
    this.#options.onStep(isNew ? 'creating' : 'starting', 'Starting the server', isNew ? makingShare : 0);
    return this.#start(toolchain, password, signal);
  }

  /** Replaces the cluster by a new one, and starts that when one was running. */
  async renew(signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const toolchain = await this.#checkedToolchain();
    await this.#files.prepare();
    const password = await ensurePassword(this.#options.secrets);
    const folder = await this.#make('resetting', toolchain, password, signal);
    // From here on nothing is cancelled: the old database goes and the new one takes its place.
    this.#options.onStep('resetting', 'Replacing the database', makingShare);
    const wasRunning = this.#server !== null;
    await this.#haltAny(toolchain);
    await this.#files.install(folder);
    if (wasRunning) await this.#start(toolchain, password, neverAborted);
  }

  /** Stops the server, in order within `deadlineMs`, else by force. */
  async halt(deadlineMs: number): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    await server.stop(deadlineMs);
    if (this.#server === server) this.#server = null;
  }

  /** Stops the server that an earlier run of the app left when it was killed, unless this run uses it already. */
  async haltLeft(): Promise<void> {
    const isIdle = this.#server === null && this.exists();
    if (!isIdle || (await readPostmasterFile(this.#files.cluster)) === null) return;
    const { binaries, clock } = this.#options;
    const left = await findLeftServer(this.#files.cluster, await binaries(), clock);
    await left?.stop(makeWayMs);
  }

  /**
   * The server when it runs, on the cluster that is there, and its password is known. One without a password is stopped,
   * to be given a new one; so is one whose files were taken away under it.
   * @throws EmbeddedError when nothing is in their place: the person may have them somewhere
   */
  async #usableServer(): Promise<RunningServer | null> {
    const server = this.#server;
    if (server === null) return null;
    const hasFiles = (await readPostmasterFile(this.#files.cluster))?.pid === server.pid;
    const isUsable = hasFiles && (await server.isAlive()) && (await this.#options.secrets.read()) !== null;
    if (isUsable) return server;
    await this.halt(makeWayMs);
    if (!this.exists()) throw serverFilesGone();
    return null;
  }

  async #checkedToolchain(): Promise<Toolchain> {
    this.#toolchain ??= await checkToolchain(await this.#options.binaries());
    return this.#toolchain;
  }

  /** A cluster of another major version cannot be opened. People may have worked in it, so it is kept. */
  async #setAsideOtherVersion(toolchain: Toolchain): Promise<void> {
    if (!this.exists()) return;
    const version = await this.#files.majorVersion();
    if (version === toolchain.majorVersion) return;
    await this.#haltAny(toolchain);
    const fileName = await this.#files.setAside(this.#options.clock.wallMs());
    this.#options.logger.warn('Set aside a database of another PostgreSQL version', {
      version,
      fileName,
    });
  }

  /** Makes a new cluster beside the one in use; answers its folder. */
  async #make(
    activity: EmbeddedActivity,
    toolchain: Toolchain,
    password: string,
    signal: AbortSignal,
  ): Promise<string> {
    const { clock, logger, spec, seedFolder, onStep } = this.#options;
    const { binaries } = toolchain;
    const folder = this.#files.newFolder();
    const startMs = clock.monotonicMs();
    const onProgress = (step: string, progress: number) => onStep(activity, step, progress * makingShare);
    try {
      await createCluster({ binaries, folder, spec, seedFolder, password, signal, onProgress });
      throwIfAborted(signal);
    } catch (error) {
      await this.#files.discard(folder);
      throw error;
    }
    logger.info('Created a database', { durationMs: Math.round(clock.monotonicMs() - startMs) });
    return folder;
  }

  async #start(toolchain: Toolchain, password: string, signal: AbortSignal): Promise<RunningServer> {
    const { spec, clock, logger } = this.#options;
    const { binaries } = toolchain;
    const startMs = clock.monotonicMs();
    const onExit = (ended: RunningServer) => this.#ended(ended);
    const opened = await openCluster({
      spec,
      binaries,
      files: this.#files,
      password,
      clock,
      logger,
      signal,
      onExit,
    });
    this.#server = opened.server;
    if (opened.origin === 'adopted') this.#watch(opened.server);
    const durationMs = Math.round(clock.monotonicMs() - startMs);
    logger.info('The server is running', { port: opened.server.port, mode: opened.origin, durationMs });
    return opened.server;
  }

  /** Stops the server, be it this run's or one left by an earlier run. */
  async #haltAny(toolchain: Toolchain): Promise<void> {
    await this.halt(makeWayMs);
    const left = await findLeftServer(this.#files.cluster, toolchain.binaries, this.#options.clock);
    await left?.stop(makeWayMs);
  }

  #watch(server: RunningServer): void {
    this.#options.clock.after(watchMs, async () => {
      if (this.#server !== server) return;
      if (await server.isAlive()) this.#watch(server);
      else this.#ended(server);
    });
  }

  #ended(server: RunningServer): void {
    if (this.#server !== server) return;
    this.#server = null;
    this.#options.onLost();
  }
}
