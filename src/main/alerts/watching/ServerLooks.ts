import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ServerUse } from '../../activity/ActivityService.ts';
import { AppError } from '../../base/AppError.ts';
import { withDeadline } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';

const intervalMs = 60_000;
/** A look may have to open a connection first, or to wait for one of the pool. */
const lookLimitMs = 10_000;
/** Servers that are asked at once. */
const maxLooks = 4;

export interface ServerLooksOptions {
  /** Those to look at now. */
  readonly wanted: () => readonly DataSourceId[];
  /** @throws why the server could not be asked */
  readonly useOf: (id: DataSourceId, signal: AbortSignal) => Promise<ServerUse>;
  readonly onUse: (id: DataSourceId, use: ServerUse) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Asks servers once a minute how much of them is used, for rules that need it, and a few at a time. */
export class ServerLooks {
  readonly #options: ServerLooksOptions;
  readonly #closing = new AbortController();
  #timer: Timer | null = null;

  constructor(options: ServerLooksOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = this.#options.clock.after(intervalMs, () => void this.#lookAtAll());
  }

  stop(): void {
    this.#closing.abort();
    this.#timer?.cancel();
  }

  async #lookAtAll(): Promise<void> {
    const left = [...this.#options.wanted()];
    const lookOnAndOn = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) await this.#look(id);
    };
    await Promise.all(Array.from({ length: maxLooks }, lookOnAndOn));
    if (!this.#closing.signal.aborted) this.start();
  }

  /** What cannot be asked now is asked a minute later; until then nothing is known of it. */
  async #look(id: DataSourceId): Promise<void> {
    const { clock, logger, onUse, useOf } = this.#options;
    try {
      const use = await withDeadline(clock, this.#closing.signal, lookLimitMs, lateError, (signal) =>
        useOf(id, signal),
      );
      if (!this.#closing.signal.aborted) onUse(id, use);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      logger.debug('A server could not be asked for an alert rule', { dataSourceId: id, code });
    }
  }
}

const lateError = (): AppError =>
  new AppError('QUERY_TIMEOUT', { title: 'The server did not say in time how much of it is used' });
