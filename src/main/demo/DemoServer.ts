import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import type { DemoStatus } from '../../shared/model/demoStatus.ts';
import { AppError } from '../base/AppError.ts';
import { SerialQueue } from '../base/async/SerialQueue.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { Emitter } from '../base/Emitter.ts';
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from '../embedded/EmbeddedPostgres.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import { DemoProgress } from './DemoProgress.ts';
import { type DemoAddress, demoDataSource, demoHost, demoSpec } from './demoDataSource.ts';
import { asDemoError, demoFailed } from './demoErrors.ts';

export type { ServerSecrets as DemoSecrets } from '../embedded/login/serverPassword.ts';

/**
 * `binaries` finds the programs and is asked at first use, since most people never use the demo; `dataFolder` is the
 * demo server's alone and made when needed; the database is filled from the SQL files in `seedFolder`.
 */
export interface DemoServerOptions extends Omit<EmbeddedPostgresOptions, 'spec' | 'onStep' | 'onLost'> {
  readonly instrumentation?: Instrumentation;
}

/**
 * The app's own PostgreSQL with a database to try things on. It is created at first use, survives crashes of itself and
 * of the app, and can be put back to its first state. What changes it runs one at a time.
 */
export class DemoServer {
  readonly #options: DemoServerOptions;
  readonly #cluster: EmbeddedPostgres;
  readonly #progress: DemoProgress;
  readonly #changes = new SerialQueue();
  readonly #opening: SharedWork<DemoAddress>;
  readonly #resetting: SharedWork<void>;

  constructor(options: DemoServerOptions) {
    this.#options = options;
    this.#cluster = new EmbeddedPostgres({
      ...options,
      spec: demoSpec,
      onStep: (activity, step, progress) => this.#progress.step(activity, step, progress),
      onLost: () => this.#lost(),
    });
    this.#progress = new DemoProgress({ status: this.exists() ? 'stopped' : 'absent' });
    this.#opening = new SharedWork((signal) => this.#exclusively('started', () => this.#open(signal)));
    this.#resetting = new SharedWork((signal) =>
      this.#exclusively('reset', () => this.#cluster.renew(signal)),
    );
  }

  status(): DemoStatus {
    return this.#progress.status;
  }

  /** Told at every change of the status. */
  get onStatus(): Emitter<DemoStatus> {
    return this.#progress.changed;
  }

  /** Whether the demo database has been created. */
  exists(): boolean {
    return this.#cluster.exists();
  }

  /**
   * Creates, fills and starts what is not there yet; answers the data source that reaches it. Callers at the same time
   * share the work, and it is cancelled when the last of them cancels; a creation that is cancelled leaves nothing behind.
   * @throws DEMO_UNAVAILABLE, DEMO_FAILED, DISK_FULL, CANCELLED, or what the vault throws
   */
  async prepare(signal: AbortSignal): Promise<DataSourceFields> {
    return demoDataSource(await this.ensureRunning(signal));
  }

  /** As `prepare`; answers only where the server listens. Cheap when it runs already. */
  ensureRunning(signal: AbortSignal): Promise<DemoAddress> {
    const { instrumentation = noInstrumentation } = this.#options;
    return instrumentation.run({ kind: 'demo', name: 'start' }, () => this.#opening.join(signal));
  }

  /**
   * The password of the demo's role.
   * @throws DEMO_FAILED when there is none before the first `prepare`, or what the vault throws
   */
  async password(): Promise<string> {
    const password = await this.#options.secrets.read();
    if (password === null) throw demoFailed('opened', 'Its password is not in the vault. Prepare it again.');
    return password;
  }

  /**
   * Puts the database back to its first state, and starts it if it was running. The one in use is kept until the new one
   * is complete; its sessions end then.
   * @throws as `prepare`
   */
  async reset(signal: AbortSignal): Promise<void> {
    const { instrumentation = noInstrumentation, logger } = this.#options;
    await instrumentation.run({ kind: 'demo', name: 'reset' }, () => this.#resetting.join(signal));
    logger.info('The demo database was reset');
  }

  /**
   * Called at the start of the app: a server that an earlier run left when it was killed would go on for as long as
   * nobody uses the demo. Never rejects.
   */
  async endLeft(): Promise<void> {
    try {
      await this.#exclusively('stopped', () => this.#cluster.haltLeft());
    } catch (error) {
      this.#options.logger.warn('A demo server from an earlier run could not be stopped', {}, error);
    }
  }

  /** Cancels what is under way and stops the server: in order within `deadlineMs`, else by force within 1 s more. */
  async stop(deadlineMs: number): Promise<void> {
    const reason = new AppError('SHUTTING_DOWN', { title: 'The demo database is being stopped' });
    this.#opening.cancel(reason);
    this.#resetting.cancel(reason);
    await this.#exclusively('stopped', async () => {
      if (this.#cluster.server === null) return;
      this.#progress.step('stopping', 'Stopping the server', 0);
      await this.#cluster.halt(deadlineMs);
    });
  }

  async #open(signal: AbortSignal): Promise<DemoAddress> {
    const server = await this.#cluster.open(signal);
    return { host: demoHost, port: server.port };
  }

  /** Runs what changes the server after all that was asked before, and tells where it stands when it has ended. */
  #exclusively<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
    return this.#changes.run(async () => {
      try {
        return await work();
      } catch (error) {
        throw asDemoError(error, what);
      } finally {
        this.#tellWhereItStands();
      }
    });
  }

  /** The server ended by itself, as when somebody killed it. The next use starts it again. */
  #lost(): void {
    // What is under way tells where it stands when it has ended.
    if ('step' in this.status()) return;
    this.#options.logger.warn('The demo server exited unexpectedly');
    this.#tellWhereItStands();
  }

  #tellWhereItStands(): void {
    const server = this.#cluster.server;
    if (server !== null) {
      this.#progress.settle({ status: 'running', port: server.port, startedAt: server.startedAtMs });
    } else {
      this.#progress.settle({ status: this.exists() ? 'stopped' : 'absent' });
    }
  }
}
