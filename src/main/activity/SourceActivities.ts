import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  ActivityBatch,
  InterventionInput,
  InterventionOutcome,
} from '../../shared/model/serverActivity.ts';
import { AppError } from '../base/AppError.ts';
import { pause } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { ActivityService, ServerUse } from './ActivityService.ts';
import type { SamplingSession } from './SamplingConnection.ts';
import { SourceActivity } from './SourceActivity.ts';

/** Whoever looks away for a moment finds the connection open. */
const lingerMs = 10_000;

export interface SourceActivitiesOptions {
  readonly manager: ConnectionManager;
  readonly dataSources: { find(id: DataSourceId): DataSource | null };
  readonly clock: Clock;
}

interface Watched {
  readonly source: SourceActivity;
  /** Streams and calls that use it now. */
  useCount: number;
  lingering: Timer | null;
}

/** The servers that somebody watches. Each is asked only while it is watched, over one connection of its own. */
export class SourceActivities implements ActivityService {
  readonly #options: SourceActivitiesOptions;
  readonly #watched = new Map<DataSourceId, Watched>();

  constructor(options: SourceActivitiesOptions) {
    this.#options = options;
  }

  async *watch(id: DataSourceId, signal: AbortSignal): AsyncGenerator<ActivityBatch, void, void> {
    const watched = this.#begin(id);
    try {
      for (;;) {
        const batch = await watched.source.sample(signal);
        yield batch;
        const nextInMs = batch.type === 'late' ? batch.nextInMs : batch.sample.cost.nextInMs;
        await pause(this.#options.clock, nextInMs, signal);
      }
    } finally {
      this.#end(id, watched);
    }
  }

  async serverUse(id: DataSourceId, signal: AbortSignal): Promise<ServerUse> {
    const watched = this.#begin(id);
    try {
      return await watched.source.serverUse(signal);
    } finally {
      this.#end(id, watched);
    }
  }

  cancel(input: InterventionInput, signal: AbortSignal): Promise<InterventionOutcome> {
    return this.#intervene(input, signal, ({ activity, connection }) =>
      activity.cancel(connection, input, { signal }),
    );
  }

  terminate(input: InterventionInput, signal: AbortSignal): Promise<InterventionOutcome> {
    return this.#intervene(input, signal, ({ activity, connection }) =>
      activity.terminate(connection, input, { signal }),
    );
  }

  async #intervene(
    { id, sessionId }: InterventionInput,
    signal: AbortSignal,
    work: (session: SamplingSession) => Promise<InterventionOutcome>,
  ): Promise<InterventionOutcome> {
    if (this.#options.dataSources.find(id)?.readOnly === true) throw readOnlyError();
    const watched = this.#begin(id);
    try {
      if (watched.source.isAsking(sessionId)) throw ownSessionError();
      return await watched.source.connection.use(signal, work);
    } finally {
      this.#end(id, watched);
    }
  }

  #begin(id: DataSourceId): Watched {
    const known = this.#watched.get(id);
    const watched = known ?? { source: this.#newSource(id), useCount: 0, lingering: null };
    this.#watched.set(id, watched);
    watched.lingering?.cancel();
    watched.lingering = null;
    watched.useCount += 1;
    return watched;
  }

  #end(id: DataSourceId, watched: Watched): void {
    watched.useCount -= 1;
    if (watched.useCount > 0) return;
    watched.lingering = this.#options.clock.after(lingerMs, () => {
      this.#watched.delete(id);
      watched.source.connection.close();
    });
  }

  #newSource(id: DataSourceId): SourceActivity {
    return new SourceActivity({ ...this.#options, id });
  }
}

function readOnlyError(): AppError {
  return new AppError('READ_ONLY', {
    title: 'This data source is read-only',
    detail: 'Nothing was done: to end statements or sessions of others undoes what they do.',
    causes: ['The data source is marked as read-only in Mooring.'],
    fixes: ['Use a data source that is not read-only.', 'Edit the data source and allow writing.'],
  });
}

function ownSessionError(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'Mooring watches the server with this session',
    fixes: ['Close the activity view: its session ends with it.'],
  });
}
