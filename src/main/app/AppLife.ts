import type { Backup, RecoveryStatus } from '../../shared/model/recovery.ts';
import { AppError, isAppError, toErrorDto } from '../base/AppError.ts';
import { Semaphore } from '../base/async/Semaphore.ts';
import { Emitter } from '../base/Emitter.ts';
import { type Ask, requireConsent } from '../base/Question.ts';
import type { Logger } from '../observability/Logger.ts';
import { noSuchBackup } from '../store/storeErrors.ts';
import { restoreQuestion, startEmptyQuestion } from './questions.ts';
import type { Services } from './services.ts';
import { type Leaving, leaveQuestion } from './unfinishedWork.ts';

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
  readonly files: StoreFiles;
  readonly ask: Ask;
  /** The last that happens. */
  readonly onEnd: () => Promise<void>;
  readonly logger: Logger;
}

/** Builds all services. @throws STORE_… when the data file cannot be opened */
export type BuildServices = () => Promise<Services>;

/**
 * The services that run now. They begin when the app is ready, and anew when a person restores a backup or begins with
 * an empty store, also when they could not begin before.
 */
export class AppLife {
  /** Other data is in the store's place: whatever was read from it is stale. */
  readonly onReplaced = new Emitter<void>();
  readonly #options: AppLifeOptions;
  #buildServices: BuildServices = () => Promise.reject(new Error('The app has not started.'));
  /** Nobody has them before the start. */
  #services: Promise<Services> = new Promise(() => undefined);
  #current: Services | null = null;
  readonly #replacing = new Semaphore(1);
  #isEnding = false;

  constructor(options: AppLifeOptions) {
    this.#options = options;
  }

  /** Called once, before anything else. @param ready the services are built when it resolves */
  start(ready: Promise<unknown>, build: BuildServices): void {
    this.#buildServices = build;
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

  /** Whether the window is locked now. */
  get isLocked(): boolean {
    return this.#current?.appLock.isLocked ?? false;
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
   * Puts a backup in the store's place, after asking the person. What was there is moved aside, and backed up before if
   * it could be opened.
   * @returns the folder it was moved to
   * @throws NOT_FOUND; STORE_…, also when what is there must not be replaced, or a replacement is under way; CANCELLED
   *   when the person does not want to
   */
  restore(name: string, signal: AbortSignal): Promise<string | null> {
    return this.#exclusively(async () => {
      const { backups } = await this.#replaceable();
      const backup = backups.find((candidate) => candidate.name === name);
      if (backup === undefined) throw noSuchBackup();
      await requireConsent(this.#options.ask, restoreQuestion(backup), signal);
      return this.#replace(name);
    });
  }

  /** As `restore`, with nothing in its place: the app begins as on a first start. */
  startEmpty(signal: AbortSignal): Promise<string | null> {
    return this.#exclusively(async () => {
      await this.#replaceable();
      await requireConsent(this.#options.ask, startEmptyQuestion, signal);
      return this.#replace(null);
    });
  }

  /** The machine slept, woke up or locked its screen. */
  powerEvent(event: 'suspend' | 'resume' | 'lock-screen'): void {
    this.#current?.appLock.systemEvent(event);
    if (event === 'suspend') this.#fallAsleep();
    if (event === 'resume') this.#wakeUp();
  }

  /** The machine reaches others by other addresses than before. */
  networkChanged(): void {
    this.#current?.manager.networkChanged();
  }

  /**
   * Whether a person may leave: nothing would be lost by it, or they agree. Never rejects. Where the question cannot be
   * asked, because another dialog is open, that one is to be answered first.
   */
  async mayLeave(leaving: Leaving, signal: AbortSignal): Promise<boolean> {
    const { ask, logger } = this.#options;
    const work = this.#current?.unfinished();
    const question = work === undefined ? null : leaveQuestion(work, leaving, !this.isLocked);
    if (question === null) return true;
    try {
      return await ask(question, signal);
    } catch (error) {
      if (isAppError(error) && error.code === 'QUESTION_OPEN') return false;
      logger.error('The question before leaving failed', {}, error);
      return true;
    }
  }

  /** Closes what runs, if anything does. A replacement under way ends first, and nothing begins after it. Never rejects. */
  async shutdown(): Promise<void> {
    this.#isEnding = true;
    const services = await this.#services.catch(() => null);
    await services?.shutdown();
    await this.#options.onEnd();
  }

  #fallAsleep(): void {
    this.#current?.manager.suspended();
    this.#current?.alerts.suspended();
    this.#current?.metricsHistory.flush();
  }

  #wakeUp(): void {
    this.#current?.alerts.resumed();
    this.#current?.schedules.wake();
    this.#current?.manager.resumed();
  }

  /** @throws STORE_FAILED when what is there must stay as it is */
  async #replaceable(): Promise<RecoveryStatus> {
    const status = await this.recoveryStatus();
    if (!status.canReplace) throw notReplaceable();
    return status;
  }

  async #replace(backup: string | null): Promise<string | null> {
    const old = await this.#services.catch(() => null);
    await old?.backUp();
    if (this.#isEnding) throw isEnding();
    const replaced = Promise.resolve(old).then((services) => this.#closeAndReplace(services, backup));
    // From before the old ones close: whoever asks for the services meanwhile waits for the new ones.
    this.#services = replaced.then(
      () => this.#rebuild(),
      () => this.#rebuild(),
    );
    await this.#services.catch(() => undefined);
    if (!this.#isEnding) this.onReplaced.emit();
    return replaced;
  }

  async #closeAndReplace(old: Services | null, backup: string | null): Promise<string | null> {
    await old?.shutdown();
    return this.#options.files.replace(backup);
  }

  /** What was built now would never be closed when the app is ending. */
  async #rebuild(): Promise<Services> {
    if (this.#isEnding) throw isEnding();
    return this.#build();
  }

  #begin(): Promise<Services> {
    this.#services = this.#build();
    return this.#services;
  }

  async #build(): Promise<Services> {
    this.#current = null;
    try {
      const services = await this.#buildServices();
      this.#current = services;
      return services;
    } catch (error) {
      this.#options.logger.error('The services did not start', {}, error);
      throw error;
    }
  }

  async #exclusively<Value>(work: () => Promise<Value>): Promise<Value> {
    const running = this.#isEnding ? null : this.#replacing.tryRun(work);
    if (running === null) {
      throw new AppError('STORE_FAILED', {
        title: 'The data is already being replaced',
        detail: 'Only one replacement can run at a time.',
        fixes: ['Wait until it has finished.'],
        retryable: true,
      });
    }
    return running;
  }
}

function notReplaceable(): AppError {
  return new AppError('STORE_FAILED', {
    title: 'The data cannot be replaced right now',
    detail: 'The data file is not damaged; it cannot be opened at the moment. Nothing was changed.',
    fixes: ['Resolve the problem that prevents it from being opened, then try again.'],
  });
}

function isEnding(): AppError {
  return new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
}
