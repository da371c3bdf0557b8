import { maxRangeEvents } from '../../../shared/model/historyLengths.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsPoint, MetricsSample } from '../../../shared/model/metrics.ts';
import type { MetricsRange, MetricsRangeInput } from '../../../shared/model/metricsRange.ts';
import type { SourceStatus } from '../../../shared/model/sourceState.ts';
import { Pace } from '../../base/async/Pace.ts';
import { type IntervalFigures, pointOf } from '../MeasuredInterval.ts';
import type { MeasuredSecond } from '../MetricsCollector.ts';
import { HistoryKeeper, type HistoryKeeperOptions } from './HistoryKeeper.ts';
import { fromBytes } from './intervalBytes.ts';
import type { StateChange } from './MetricsRepository.ts';
import { coarsest, finest, type Resolution, resolutionOf, seconds } from './resolutions.ts';
import { addTo, UnwrittenHistory } from './UnwrittenHistory.ts';

export interface MetricsHistoryOptions extends Omit<HistoryKeeperOptions, 'sources'> {
  /** The seconds of a data source that are in memory, in the order in which they were measured. */
  readonly samplesOf: (id: DataSourceId) => readonly MetricsSample[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What was measured on the data sources: the last minutes by the second, and up to seven days in longer intervals, over a
 * restart. Intervals are by the time of day. What a clock that was set back measures again is added to what there is.
 */
export class MetricsHistory {
  readonly #options: MetricsHistoryOptions;
  readonly #sources = new Map<DataSourceId, UnwrittenHistory>();
  readonly #keeper: HistoryKeeper;

  constructor(options: MetricsHistoryOptions) {
    this.#options = options;
    this.#keeper = new HistoryKeeper({ ...options, sources: this.#sources });
  }

  /** A second has ended. Never throws. */
  measured({ id, at, figures, decisions }: MeasuredSecond): void {
    this.#sourceOf(id).measured(at, figures, decisions);
    this.#keeper.changed();
  }

  /** Never throws. */
  stateChanged(id: DataSourceId, status: SourceStatus): void {
    this.#sourceOf(id).stateChanged(this.#options.clock.wallMs(), status);
    this.#keeper.changed();
  }

  /** @throws STORE_… */
  async range({ id, from, to }: MetricsRangeInput): Promise<MetricsRange> {
    const nowMs = this.#options.clock.wallMs();
    const resolution = resolutionOf(from, nowMs);
    const span = { from, to: Math.min(to, nowMs) };
    const events = this.#events(id, span);
    const points =
      resolution === seconds ? this.#seconds(id, span) : await this.#intervals(id, resolution, span, nowMs);
    return { from, to, stepMs: resolution.stepMs, points, ...events };
  }

  /** Writes what is not written yet, such as before the computer sleeps. Never throws. */
  flush(): void {
    this.#keeper.flush();
  }

  /** The same, and nothing more from then on. Never throws. */
  stop(): void {
    this.#keeper.stop();
  }

  #sourceOf(id: DataSourceId): UnwrittenHistory {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = this.#begin(id);
    this.#sources.set(id, source);
    return source;
  }

  #begin(id: DataSourceId): UnwrittenHistory {
    try {
      const source = new UnwrittenHistory(this.#lastState(id)?.status ?? 'idle');
      const end = this.#endOfLastRun(id);
      if (end !== null) source.stateChanged(end.at, end.status);
      return source;
    } catch (error) {
      this.#options.logger.warn('The history of the metrics could not be read', {}, error);
      return new UnwrittenHistory('idle');
    }
  }

  #lastState(id: DataSourceId): StateChange | undefined {
    const nowMs = this.#options.clock.wallMs();
    return this.#options.repository.events(id, nowMs, nowMs).states.at(-1);
  }

  /** When the app was killed, nobody noted that its connections ended: from then on nothing was measured. */
  #endOfLastRun(id: DataSourceId): StateChange | null {
    const last = this.#lastState(id);
    if (last === undefined || last.status === 'idle') return null;
    const newest = (stepMs: number, from: number, to: number) =>
      this.#options.repository.intervals(id, stepMs, from, to).at(-1);
    const { stepMs, keptMs } = coarsest;
    const long = newest(stepMs, last.at - stepMs, last.at + keptMs);
    const short = long && newest(finest.stepMs, long.startAt, long.startAt + stepMs);
    const measured = short ?? long;
    const at = measured === undefined ? last.at : measured.startAt + measured.stepMs;
    return { at: Math.min(at, this.#options.clock.wallMs()), status: 'idle' };
  }

  #seconds(id: DataSourceId, { from, to }: Span): MetricsPoint[] {
    return inOneTime(this.#options.samplesOf(id))
      .filter(({ at }) => at >= from && at <= to)
      .map(({ pool, decisions, ...point }) => point);
  }

  /** All is read in this turn, before anything more is measured or written, and turned into points in the next ones. */
  async #intervals(
    id: DataSourceId,
    { stepMs, keptMs }: Resolution,
    { from, to }: Span,
    nowMs: number,
  ): Promise<MetricsPoint[]> {
    const first = Math.max(from, nowMs - keptMs - stepMs) - stepMs;
    const kept = this.#options.repository.intervals(id, stepMs, first, to);
    const unwritten = this.#sources.get(id)?.intervals(stepMs) ?? [];
    const pace = new Pace(this.#options.clock);
    const found = new Map<number, IntervalFigures>();
    for (const { startAt, figures } of kept) {
      const known = fromBytes(figures);
      if (known !== null) found.set(startAt, known);
      if (pace.isOver) await pace.pause();
    }
    for (const [startAt, figures] of unwritten) addTo(found, startAt, figures);
    return [...found]
      .filter(([startAt]) => startAt + stepMs > from && startAt < to)
      .sort(([left], [right]) => left - right)
      .map(([startAt, figures]) => pointOf(Math.min(startAt + stepMs, nowMs), figures));
  }

  #events(id: DataSourceId, { from, to }: Span): Pick<MetricsRange, 'states' | 'decisions'> {
    const kept = this.#options.repository.events(id, from, to);
    const unwritten = this.#sources.get(id);
    const end = unwritten === undefined ? this.#endOfLastRun(id) : null;
    const all = inOrder([...kept.states, ...(end === null ? [] : [end]), ...(unwritten?.states ?? [])]);
    const first = all.findLastIndex(({ at }) => at <= from);
    const states = all.slice(Math.max(0, first)).filter(({ at }) => at <= to);
    const decisions = inOrder([...kept.decisions, ...(unwritten?.decisions ?? [])]).filter(
      ({ at }) => at >= from && at <= to,
    );
    return { states: states.slice(-maxRangeEvents), decisions: decisions.slice(-maxRangeEvents) };
  }
}

const inOrder = <Event extends { readonly at: number }>(events: readonly Event[]): Event[] =>
  events.toSorted((left, right) => left.at - right.at);

/** Without those that a clock which was set back has measured again since. */
function inOneTime(samples: readonly MetricsSample[]): MetricsSample[] {
  const kept: MetricsSample[] = [];
  let nextAt = Number.POSITIVE_INFINITY;
  for (const sample of samples.toReversed()) {
    if (sample.at >= nextAt) continue;
    nextAt = sample.at;
    kept.push(sample);
  }
  return kept.reverse();
}
