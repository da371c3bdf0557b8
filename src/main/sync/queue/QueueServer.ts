import { AppError } from '../../base/AppError.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import type { Clock } from '../../base/Clock.ts';
import { EmbeddedPostgres } from '../../embedded/EmbeddedPostgres.ts';
import type { ServerSecrets } from '../../embedded/login/serverPassword.ts';
import type { PostgresBinaries } from '../../embedded/process/binaries.ts';
import { type ServerSpec, serverHost } from '../../embedded/ServerSpec.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { QueueStore } from './QueueStore.ts';
import { asQueueServerError } from './queueErrors.ts';

export interface QueueServerOptions {
  readonly binaries: () => Promise<PostgresBinaries>;
  /** The server's alone; made when needed. */
  readonly dataFolder: string;
  readonly secrets: ServerSecrets;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when the server ended without being asked to. */
  readonly onLost: () => void;
}

/** Each worker has six connections at most, and so has the app. */
const spec: ServerSpec = {
  role: 'mooring_queue',
  database: 'mooring_queue',
  clusterName: 'mooring-queue',
  firstPort: 15_632,
  maxConnections: 30,
  sharedBuffersMb: 16,
};

/** The PostgreSQL in which the queue of this computer is kept. What changes it runs one at a time. */
export class QueueServer {
  readonly #options: QueueServerOptions;
  readonly #server: EmbeddedPostgres;
  readonly #changes = new SerialQueue();
  readonly #opening: SharedWork<QueueStore>;

  constructor(options: QueueServerOptions) {
    this.#options = options;
    const { onLost, ...more } = options;
    this.#server = new EmbeddedPostgres({ ...more, spec, seedFolder: null, onStep: () => undefined, onLost });
    this.#opening = new SharedWork((signal) => this.#exclusively('started', () => this.#open(signal)));
  }

  /**
   * Creates and starts what is not there yet. Callers at the same time share the work. Cheap when it runs already.
   * @throws QUEUE_UNAVAILABLE, DISK_FULL, CANCELLED, or what the vault throws
   */
  ensureRunning(signal: AbortSignal): Promise<QueueStore> {
    return this.#opening.join(signal);
  }

  /** Stops the server that an earlier run of the app left when it was killed. Never rejects. */
  async endLeft(): Promise<void> {
    try {
      await this.#exclusively('stopped', () => this.#server.haltLeft());
    } catch (error) {
      this.#options.logger.warn('A queue server from an earlier run could not be stopped', {}, error);
    }
  }

  /** Cancels what is under way and stops the server: in order within `deadlineMs`, else by force within 1 s more. */
  async stop(deadlineMs: number): Promise<void> {
    this.#opening.cancel(new AppError('SHUTTING_DOWN', { title: 'The queue is being stopped' }));
    await this.#exclusively('stopped', () => this.#server.halt(deadlineMs));
  }

  async #open(signal: AbortSignal): Promise<QueueStore> {
    const { port } = await this.#server.open(signal);
    const password = (await this.#options.secrets.read()) ?? '';
    const { role: user, database } = spec;
    return { type: 'postgres', host: serverHost, port, user, password, database, tls: { mode: 'off' } };
  }

  #exclusively<Value>(step: string, work: () => Promise<Value>): Promise<Value> {
    return this.#changes.run(async () => {
      try {
        return await work();
      } catch (error) {
        throw asQueueServerError(error, step);
      }
    });
  }
}
