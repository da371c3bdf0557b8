import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  ActivityBatch,
  ActivityFigure,
  ActivityFigureKey,
  ActivitySample,
} from '../../shared/model/serverActivity.ts';
import { AppError, isAppError } from '../base/AppError.ts';
import { withDeadline } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Figure, FigureGap, SampledSession, ServerSample } from '../connectors/ServerActivity.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { ServerUse } from './ActivityService.ts';
import { RateMeter, type Rates } from './RateMeter.ts';
import { SamplingConnection, type SamplingSession, statementLimitMs } from './SamplingConnection.ts';

/** All statements of a sample together. */
const sampleLimitMs = 4_000;
const minIntervalMs = 2_000;
const maxIntervalMs = 60_000;
/** Looking takes at most this share of the time. */
const maxBusyShare = 0.05;
/** The size of a database moves slowly, and takes long to find out. */
const sizeIntervalMs = 60_000;

export interface SourceActivityOptions {
  readonly id: DataSourceId;
  readonly manager: ConnectionManager;
  readonly clock: Clock;
}

/** Samples of one server, with what has to be remembered from one to the next. */
export class SourceActivity {
  readonly connection: SamplingConnection;
  readonly #options: SourceActivityOptions;
  #rates = new RateMeter();
  #size: { readonly atMs: number; readonly figure: Figure } | null = null;
  /** Whose figures these are: another session may be on another server. */
  #reader: SamplingSession['reader'] | null = null;
  /** The session that asked last, as the server names it. */
  #askingId: string | null = null;

  constructor(options: SourceActivityOptions) {
    this.#options = options;
    this.connection = new SamplingConnection(options.id, options.manager);
  }

  /** Whether this names the session that samples are read with. */
  isAsking(sessionId: string): boolean {
    return sessionId === this.#askingId;
  }

  /** @throws why the server cannot be asked */
  async sample(signal: AbortSignal): Promise<ActivityBatch> {
    try {
      return await this.#sampleOnce(signal);
    } catch (error) {
      // Somebody ended the session, or it was lost, and may have another one.
      if (!isAppError(error) || error.code !== 'CONNECTION_LOST' || signal.aborted) throw error;
      return this.#sampleOnce(signal);
    }
  }

  /** The figures that are of the moment, without what a sample has beside them. @throws as `sample` */
  serverUse(signal: AbortSignal): Promise<ServerUse> {
    const { clock } = this.#options;
    return this.connection.use(signal, async ({ reader }) => {
      const sample = await withDeadline(clock, signal, sampleLimitMs, lateError, (limited) =>
        reader.sample({ signal: limited }),
      );
      return {
        connectionCount: numberOf(sample.connections),
        maxConnections: sample.maxConnections,
        replicationLagMs: numberOf(sample.replicationLagMs),
      };
    });
  }

  #sampleOnce(signal: AbortSignal): Promise<ActivityBatch> {
    return this.connection.use(signal, async (session) => {
      const { clock } = this.#options;
      const startedMs = clock.monotonicMs();
      const tookMs = () => clock.monotonicMs() - startedMs;
      try {
        const read = await withDeadline(clock, signal, sampleLimitMs, lateError, (limited) =>
          this.#read(session, limited),
        );
        const cost = { tookMs: tookMs(), nextInMs: intervalAfter(tookMs()), isFromPool: session.isFromPool };
        return { type: 'sample', sample: { at: clock.wallMs(), ...read, cost } };
      } catch (error) {
        const isLate = isAppError(error) && error.code === 'QUERY_TIMEOUT' && session.connection.isUsable;
        if (!isLate || signal.aborted) throw error;
        return { type: 'late', afterMs: tookMs(), nextInMs: intervalAfter(tookMs()) };
      }
    });
  }

  async #read(session: SamplingSession, signal: AbortSignal): Promise<Omit<ActivitySample, 'at' | 'cost'>> {
    const { clock, id, manager } = this.#options;
    if (this.#reader !== session.reader) {
      this.#reader = session.reader;
      this.#rates = new RateMeter();
    }
    const sample = await session.reader.sample({ signal });
    const rates = this.#rates.read(sample.counters, clock.monotonicMs());
    const size = await this.#measuredSize(session, signal);
    const own = manager.backendIds(id);
    this.#askingId = sample.sessions.find(({ isAsking }) => isAsking)?.id ?? null;
    return {
      sessions: sample.sessions.map((one) => withOwner(one, own)),
      lockWaits: [...sample.lockWaits],
      figures: figuresOf(sample, rates, size),
      gaps: [...sample.gaps],
    };
  }

  async #measuredSize({ reader }: SamplingSession, signal: AbortSignal): Promise<Figure> {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#size === null || nowMs - this.#size.atMs >= sizeIntervalMs) {
      this.#size = { atMs: nowMs, figure: await reader.measureSize({ signal, timeoutMs: statementLimitMs }) };
    }
    return this.#size.figure;
  }
}

const numberOf = (figure: Figure): number | null => ('value' in figure ? figure.value : null);

/** A sample that takes long is taken more seldom. */
const intervalAfter = (tookMs: number): number =>
  Math.min(maxIntervalMs, Math.max(minIntervalMs, Math.round(tookMs / maxBusyShare)));

const lateError = (): AppError =>
  new AppError('QUERY_TIMEOUT', {
    title: `The server did not describe its sessions within ${sampleLimitMs / 1_000} s`,
  });

const withOwner = ({ isAsking, ...session }: SampledSession, own: ReadonlySet<number>) => ({
  ...session,
  owner: isAsking
    ? ('sampling' as const)
    : own.has(session.number)
      ? ('mooring' as const)
      : ('other' as const),
});

function figuresOf(sample: ServerSample, rates: Rates, size: Figure): ActivityFigure[] {
  const { connections, maxConnections: max, replicationLagMs } = sample;
  return [
    figureOf('connections', connections, (count) => ({ type: 'count', count, max })),
    figureOf('transactions', rates.transactionsPerSecond, (perSecond) => ({ type: 'rate', perSecond })),
    figureOf('statements', rates.statementsPerSecond, (perSecond) => ({ type: 'rate', perSecond })),
    figureOf('cacheHits', rates.cacheHitShare, (share) => ({ type: 'share', share })),
    figureOf('replicationLag', replicationLagMs, (durationMs) => ({ type: 'duration', durationMs })),
    figureOf('databaseSize', size, (count) => ({ type: 'bytes', count })),
  ];
}

function figureOf(
  key: ActivityFigureKey,
  figure: Figure,
  shown: (value: number) => NonNullable<ActivityFigure['value']>,
): ActivityFigure {
  if ('value' in figure) return { key, value: shown(figure.value), gap: null };
  const gap: FigureGap = figure.gap;
  return { key, value: null, gap };
}
