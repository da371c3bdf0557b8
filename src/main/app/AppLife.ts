import type { Backup, RecoveryStatus } from '../../shared/model/recovery.ts';
import { AppError, toErrorDto } from '../base/AppError.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Services } from './services.ts';

/** The store's files while nobody has them open. */
export interface StoreFiles {
  /** Newest first; those that do not pass their check are left out. */
  listBackups(): Promise<Backup[]>;
  /** Whether this failure to open allows to put something else in the store's place. */
  canReplace(error: unknown): boolean;
  /**
   * Moves what is there aside and puts the backup in its place, or nothing. The store must be closed.
   * @returns the folder the old files are in now, or null when there were none
   * @throws NOT_FOUND, STORE_… with everything as it was
   */
  replace(backup: string | null): Promise<string | null>;
}

export interface AppLifeOptions {
  /** Builds all services. @throws STORE_… when the data file cannot be opened */
  readonly build: () => Promise<Services>;
  readonly files: StoreFiles;
  /** Told when other data is in the store's place: whatever was read from it is stale. */
  readonly onReplaced: () => void;
  /** The last that happens. */
  readonly onEnd: () => Promise<void>;
  readonly logger: Logger;
}

/**
 * The services that run now. They begin when the app is ready, and anew when a person restores a backup or begins with
 * an empty store, also when they could not begin before.
 */
export class AppLife {
  readonly #options: AppLifeOptions;
  #services: Promise<Services>;
  #current: Services | null = null;
  #isReplacing = false;
  #isEnding = false;

  /** @param ready the services are built when it resolves */
  constructor(ready: Promise<unknown>, options: AppLifeOptions) {
    this.#options = options;
    this.#services = ready.then(() => this.#build());
    this.#services.catch(() => undefined);
  }

  /** The services as they are now; rejects with why they could not be built. */
  get services(): Promise<Services> {
    return this.#services;
  }

  /** The services if they stand; null before they are built, and when they could not be. */
  get current(): Services | null {
    return this.#current;
  }

  async recoveryStatus(): Promise<RecoveryStatus> {
    const { files } = this.#options;
    const problem: unknown = await this.#services.then(
      () => null,
      (error: unknown) => error,
    );
    return {
      problem: problem === null ? null : toErrorDto(problem, null),
      canReplace: problem === null || files.canReplace(problem),
      backups: await files.listBackups(),
    };
  }

  /** Tries to open the store again, when it could not be opened. */
  async retry(): Promise<RecoveryStatus> {
    const { problem } = await this.recoveryStatus();
    if (problem !== null) await this.#exclusively(async () => this.#begin());
    return this.recoveryStatus();
  }

  /**
   * Puts a backup in the store's place. What was there is moved aside, and backed up before if it could be opened.
   * @returns the folder it was moved to
   * @throws NOT_FOUND, STORE_…, VAULT_BUSY while another replacement is under way
   */
  restore(backup: string): Promise<string | null> {
    return this.#replace(backup, (services) =>
      services.audit.record({ operation: 'store.restored', details: { backup } }),
    );
  }

  /** As `restore`, with nothing in its place: the app begins as on a first start. */
  startEmpty(): Promise<string | null> {
    return this.#replace(null, () => undefined);
  }

  /** The machine slept, woke up or locked its screen. */
  powerEvent(event: 'suspend' | 'resume' | 'lock-screen'): void {
    this.#current?.appLock.systemEvent(event);
    if (event === 'suspend') this.#current?.manager.suspended();
    if (event === 'resume') this.#current?.manager.resumed();
  }

  /** The machine reaches others by other addresses than before. */
  networkChanged(): void {
    this.#current?.manager.networkChanged();
  }

  /** Closes what runs, if anything does. Never rejects. */
  async shutdown(): Promise<void> {
    this.#isEnding = true;
    const services = await this.#services.catch(() => null);
    await services?.shutdown();
    await this.#options.onEnd();
  }

  #replace(backup: string | null, onBegun: (services: Services) => void): Promise<string | null> {
    return this.#exclusively(async () => {
      const old = await this.#services.catch(() => null);
      if (old !== null) {
        await old.backUp();
        await old.shutdown();
      }
      try {
        return await this.#options.files.replace(backup);
      } finally {
        await this.#begin().then(onBegun, () => undefined);
        this.#options.onReplaced();
      }
    });
  }

  #begin(): Promise<Services> {
    this.#services = this.#build();
    return this.#services;
  }

  async #build(): Promise<Services> {
    this.#current = null;
    try {
      const services = await this.#options.build();
      this.#current = services;
      return services;
    } catch (error) {
      this.#options.logger.error('The services did not start', {}, error);
      throw error;
    }
  }

  async #exclusively<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#isReplacing || this.#isEnding) {
      throw new AppError('STORE_FAILED', {
        title: 'The data is being replaced already',
        detail: 'One replacement runs at a time.',
        fixes: ['Wait until it has ended.'],
        retryable: true,
      });
    }
    this.#isReplacing = true;
    try {
      return await work();
    } finally {
      this.#isReplacing = false;
    }
  }
}
