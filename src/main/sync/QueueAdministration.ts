import {
  type ConfigureQueueInput,
  type PasswordChoice,
  type QueueSettings,
  type QueueStatus,
  type QueueTest,
  type SharedPlace,
  samePlace,
  type TestQueueInput,
  type WorkerKeyFile,
} from '../../shared/model/queueSettings.ts';
import { isLoopback } from '../../shared/model/tlsDefault.ts';
import { AppError } from '../base/AppError.ts';
import { throwIfAborted, untilAborted } from '../base/abort.ts';
import { SerialQueue } from '../base/async/SerialQueue.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import { type Ask, type Question, requireConsent } from '../base/Question.ts';
import type { ResultFiles } from '../results/Results.ts';
import type { QueueStore } from './queue/QueueStore.ts';
import type { RunEngine } from './queue/RunEngine.ts';
import { newWorkerKey, writeWorkerKey } from './queue/WorkerKey.ts';
import type { Runs } from './runs/Runs.ts';

/** Keeps where the queue is, and what it takes to log in there. */
export interface QueueKeeper {
  read(): QueueSettings;
  /** Whether there is a password for the place that is kept. */
  hasPassword(): boolean;
  /** Null: none is kept. @throws what the vault throws */
  password(): Promise<string | null>;
  /** Keeps both, or nothing. @throws STORE_…, or what the vault throws */
  write(settings: QueueSettings, password: PasswordChoice): Promise<void>;
  /** Of the key that the vault has; null before the first. */
  keyId(): string | null;
}

export interface QueueAdministrationOptions {
  readonly keeper: QueueKeeper;
  readonly engine: Pick<RunEngine, 'status' | 'onStatus' | 'stop' | 'replaceKey' | 'retarget'>;
  readonly runs: Pick<Runs, 'move'>;
  readonly files: Pick<ResultFiles, 'create'>;
  readonly ask: Ask;
  readonly clock: Clock;
}

/** So long runs may take to come to a checkpoint; those that take longer go on from their last one. */
const checkpointMs = 10_000;
const stopMs = 5_000;

/** Where the queue of runs is, as people decide it. */
export class QueueAdministration {
  readonly onStatus = new Emitter<QueueStatus>();
  readonly #options: QueueAdministrationOptions;
  readonly #turns = new SerialQueue();
  #isMoving = false;

  constructor(options: QueueAdministrationOptions) {
    this.#options = options;
    options.engine.onStatus.on(() => this.#tell());
  }

  status(): QueueStatus {
    const { engine, keeper } = this.#options;
    const { state, problem } = engine.status;
    return {
      ...{ settings: keeper.read(), hasPassword: keeper.hasPassword(), keyId: keeper.keyId() },
      ...{ state: this.#isMoving ? 'moving' : state, problem },
    };
  }

  /**
   * Asks first when runs begin to go to another computer. Runs move only to another place or with another log-in; whether
   * this computer executes runs changes nothing for the others.
   * @throws CANCELLED, QUEUE_UNAVAILABLE when the place cannot be the queue, STORE_…, or what the vault throws; then
   *   everything stays as it was
   */
  async configure({ settings, password }: ConfigureQueueInput, signal: AbortSignal): Promise<QueueStatus> {
    await this.#turns.run(async () => {
      if (this.#isSameQueue({ settings, password })) return this.#keepQueue(settings);
      const { ask, keeper } = this.#options;
      const { place } = settings;
      if (place.type !== 'local') {
        await this.#check(await this.#storeOf(place, password), signal);
        if (!isLoopback(place.host) && !samePlace(place, keeper.read().place)) {
          await requireConsent(ask, moveQuestion(place), signal);
        }
      }
      throwIfAborted(signal);
      const choice: PasswordChoice = place.type === 'local' ? { type: 'none' } : password;
      await this.#move(() => keeper.write(settings, choice));
    });
    return this.#tell();
  }

  /** @throws CANCELLED, QUEUE_UNAVAILABLE when the place cannot be the queue, or what the vault throws */
  async test({ place, password }: TestQueueInput, signal: AbortSignal): Promise<QueueTest> {
    const { clock } = this.#options;
    const store = await this.#storeOf(place, password);
    const startMs = clock.monotonicMs();
    const server = await this.#check(store, signal);
    return { ...server, durationMs: clock.monotonicMs() - startMs };
  }

  /** @throws CANCELLED, FILE_FAILED, DISK_FULL, or what the vault throws; then the old key stays */
  async newWorkerKey(signal: AbortSignal): Promise<WorkerKeyFile> {
    return this.#turns.run(async () => {
      const { ask, engine, files } = this.#options;
      await requireConsent(ask, keyQuestion, signal);
      const file = await files.create('mooring-worker', 'key');
      if (file === null) return null;
      const key = newWorkerKey();
      try {
        await file.write(Buffer.from(`${writeWorkerKey(key)}\n`));
        await this.#move(async () => {
          await file.finish();
          await engine.replaceKey(key);
        });
      } catch (error) {
        await file.abandon();
        throw error;
      }
      this.#tell();
      return { fileName: file.fileName, keyId: key.id };
    });
  }

  #isSameQueue({ settings: { place }, password }: ConfigureQueueInput): boolean {
    const { engine, keeper } = this.#options;
    // What starts right now has read the settings as they were.
    if (engine.status.state === 'starting') return false;
    const isSameLogin = password.type === 'keep' || (password.type === 'none' && !keeper.hasPassword());
    return samePlace(place, keeper.read().place) && isSameLogin;
  }

  async #keepQueue(settings: QueueSettings): Promise<void> {
    const { engine, keeper } = this.#options;
    const { executesHere } = keeper.read();
    if (executesHere === settings.executesHere) return;
    await keeper.write(settings, { type: 'keep' });
    await engine.retarget(stopMs);
  }

  async #move(change: () => Promise<void>): Promise<void> {
    const { engine, runs } = this.#options;
    this.#isMoving = true;
    this.#tell();
    try {
      await runs.move(async () => {
        await engine.stop(stopMs);
        await change();
      }, checkpointMs);
    } finally {
      this.#isMoving = false;
      this.#tell();
    }
  }

  /** Loads what connects to servers. */
  async #check(store: QueueStore, signal: AbortSignal): Promise<Pick<QueueTest, 'product' | 'version'>> {
    const { checkStore } = await import('./queue/stores/openBackends.ts');
    return untilAborted(signal, checkStore(store));
  }

  /** A password that is kept goes to no other place than the one it was given for. @throws INVALID_INPUT */
  async #storeOf(place: SharedPlace, choice: PasswordChoice): Promise<QueueStore> {
    const { keeper } = this.#options;
    if (choice.type !== 'keep') return { ...place, password: choice.type === 'new' ? choice.value : null };
    if (!keeper.hasPassword()) return { ...place, password: null };
    if (!samePlace(place, keeper.read().place)) throw passwordForOtherPlace();
    return { ...place, password: await keeper.password() };
  }

  #tell(): QueueStatus {
    const status = this.status();
    this.onStatus.emit(status);
    return status;
  }
}

const moveQuestion = ({ host, port }: SharedPlace): Question => ({
  question: `Keep the queue of runs on ${host}, port ${port}?`,
  detail:
    'Log-ins and pipelines go there sealed with the worker key. Readable for whoever may use that server are: ids, states, progress, log lines and errors of runs, names of columns, and the last value of cursors.',
  confirmLabel: 'Move the queue',
});

const keyQuestion: Question = {
  question: 'Replace the worker key?',
  detail:
    'The new key is saved as a file, once. Workers on other computers get no runs until they have the new file. Runs that are under way come to a checkpoint and go on with the new key. Whoever has the file can read the log-ins of all runs.',
  confirmLabel: 'Replace the key',
};

const passwordForOtherPlace = (): AppError =>
  new AppError('INVALID_INPUT', {
    title: 'The password belongs to another place',
    detail: 'The password that is kept was given for another server, user or way of protection.',
    fixes: ['Type the password again.'],
  });
