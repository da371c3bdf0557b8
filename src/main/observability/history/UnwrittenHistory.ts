import { maxRangeEvents } from '../../../shared/model/historyLengths.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import type { SourceStatus } from '../../../shared/model/sourceState.ts';
import { type IntervalFigures, joined } from '../MeasuredInterval.ts';
import type { StateChange } from './MetricsRepository.ts';
import { finest, startOf } from './resolutions.ts';

/** Two hours: when nothing can be written for longer, the oldest are lost. */
const maxIntervalCount = 720;

/** Figures by the beginning of their interval, in epoch milliseconds. */
export type FiguresByStart = ReadonlyMap<number, IntervalFigures>;

export interface HistoryChanges {
  /** Of the finest length. */
  readonly intervals: FiguresByStart;
  readonly states: readonly StateChange[];
  readonly decisions: readonly ScalingDecision[];
}

/**
 * What was measured on one data source since it was written last. What is kept is not known here: the figures are added to
 * it, so that an interval that was written before, in this run or another, or by a clock that was set back, goes on.
 */
export class UnwrittenHistory {
  #intervals = new Map<number, IntervalFigures>();
  #states: StateChange[] = [];
  #decisions: ScalingDecision[] = [];
  #status: SourceStatus;

  /** @param status the last one that is kept */
  constructor(status: SourceStatus) {
    this.#status = status;
  }

  get isEmpty(): boolean {
    return this.#intervals.size + this.#states.length + this.#decisions.length === 0;
  }

  /** Nothing is unwritten and nothing is measured: whoever holds it may forget it. */
  get isOver(): boolean {
    return this.isEmpty && this.#status === 'idle';
  }

  get states(): readonly StateChange[] {
    return this.#states;
  }

  get decisions(): readonly ScalingDecision[] {
    return this.#decisions;
  }

  /** @param at epoch milliseconds of the end of what was measured */
  measured(at: number, figures: IntervalFigures, decisions: readonly ScalingDecision[]): void {
    this.#add(startOf(at, finest.stepMs), figures);
    this.#decisions = newest([...this.#decisions, ...decisions]);
  }

  /** What is no change is not noted. */
  stateChanged(at: number, status: SourceStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#states = newest([...this.#states, { at, status }]);
  }

  /** In intervals of a length that is kept. */
  intervals(stepMs: number): FiguresByStart {
    return inSteps(this.#intervals, stepMs);
  }

  /** Hands some of it over, the oldest first. @param limit intervals at most, of the finest length */
  take(limit: number): HistoryChanges {
    const intervals = new Map([...this.#intervals].slice(0, limit));
    const changes = { intervals, states: this.#states, decisions: this.#decisions };
    for (const startAt of intervals.keys()) this.#intervals.delete(startAt);
    this.#states = [];
    this.#decisions = [];
    return changes;
  }

  /** Takes back what was handed over and could not be written. */
  giveBack({ intervals, states, decisions }: HistoryChanges): void {
    const since = this.#intervals;
    this.#intervals = new Map(intervals);
    for (const [startAt, figures] of since) this.#add(startAt, figures);
    this.#states = newest([...states, ...this.#states]);
    this.#decisions = newest([...decisions, ...this.#decisions]);
  }

  #add(startAt: number, figures: IntervalFigures): void {
    addTo(this.#intervals, startAt, figures);
    for (const oldest of this.#intervals.keys()) {
      if (this.#intervals.size <= maxIntervalCount) return;
      this.#intervals.delete(oldest);
    }
  }
}

/** Figures of intervals, added up to those of longer ones. */
export function inSteps(intervals: FiguresByStart, stepMs: number): Map<number, IntervalFigures> {
  const steps = new Map<number, IntervalFigures>();
  for (const [startAt, figures] of intervals) {
    addTo(steps, Math.floor(startAt / stepMs) * stepMs, figures);
  }
  return steps;
}

export function addTo(
  intervals: Map<number, IntervalFigures>,
  startAt: number,
  figures: IntervalFigures,
): void {
  const known = intervals.get(startAt);
  intervals.set(startAt, known === undefined ? figures : joined(known, figures));
}

const newest = <Item>(items: readonly Item[]): Item[] => items.slice(-maxRangeEvents);
