import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type {
  ActivitySample,
  ActivitySession,
  InterventionOutcome,
} from '../../../shared/model/serverActivity.ts';
import type { TrendPoint } from './activityTrend.ts';

/** What can be done to a session of the server. */
export type Intervention = 'cancel' | 'terminate';

/** A question before something is done to a session, as it was when it was asked. */
export interface Asked {
  readonly intervention: Intervention;
  readonly session: ActivitySession;
}

/** What became of the last intervention. */
export type Aftermath = Asked &
  (
    | { readonly status: 'running' }
    | { readonly status: 'done'; readonly outcome: InterventionOutcome }
    | { readonly status: 'failed'; readonly error: ErrorDto }
  );

/** What is shown of one server. */
export interface SourceActivity {
  /** The newest one; it stays while no other one comes. */
  readonly sample: ActivitySample | null;
  /** The figures of the last samples, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** The server did not answer after the sample: how long was waited, and when it is asked again. */
  readonly late: { readonly afterMs: number; readonly nextInMs: number } | null;
  /** Why no more samples come. */
  readonly failure: ErrorDto | null;
  readonly isPaused: boolean;
  readonly shows: 'sessions' | 'waits';
  readonly filter: string;
  /** As it was seen last: it may have ended since. */
  readonly selected: ActivitySession | null;
  readonly asked: Asked | null;
  readonly aftermath: Aftermath | null;
}

export const emptyActivity: SourceActivity = {
  sample: null,
  trend: [],
  late: null,
  failure: null,
  isPaused: false,
  shows: 'sessions',
  filter: '',
  selected: null,
  asked: null,
  aftermath: null,
};

export interface ActivityState {
  readonly byId: Readonly<Record<DataSourceId, SourceActivity>>;
  /** Asks the server for samples until the returned function is called. */
  readonly watch: (id: DataSourceId) => () => void;
  /** Takes a sample now, also after a failure or a pause. */
  readonly sampleNow: (id: DataSourceId) => void;
  readonly setPaused: (id: DataSourceId, isPaused: boolean) => void;
  readonly show: (id: DataSourceId, shows: SourceActivity['shows']) => void;
  readonly setFilter: (id: DataSourceId, filter: string) => void;
  readonly select: (id: DataSourceId, session: ActivitySession | null) => void;
  /** Asks the person first. */
  readonly ask: (id: DataSourceId, asked: Asked) => void;
  readonly dismiss: (id: DataSourceId) => void;
  /** The person said yes to what was asked. */
  readonly confirm: (id: DataSourceId) => Promise<void>;
}
