import type { DataSourceId } from '../../../shared/model/ids.ts';
import type {
  StatementDetail,
  StatementPage,
  StatementPageInput,
} from '../../../shared/model/statementStatistics.ts';
import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import { AppError } from '../../base/AppError.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import { RepeatLimit } from '../../base/RepeatLimit.ts';
import type { StatementRecorder } from '../../base/statementKinds.ts';
import type { Logger } from '../Logger.ts';
import { SourceStatistics } from './SourceStatistics.ts';
import type { EndedRun } from './StatementStatistics.ts';
import { StatisticsKeeper } from './StatisticsKeeper.ts';
import type { StatisticsRepository } from './StatisticsRepository.ts';
import { statementPage } from './statementPage.ts';

/** How long runs wait for others, so that a script of many statements is read beside its statements. */
const collectMs = 100;

/** What statistics need to know of a data source. */
export interface MeasuredSource {
  readonly language: SqlLanguage;
  /** 0: no statement is slow. */
  readonly slowStatementMs: number;
}

export interface QueryStatisticsOptions {
  readonly repository: StatisticsRepository;
  /** Null for one that is gone. */
  readonly sourceOf: (id: DataSourceId) => MeasuredSource | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether they are kept over a restart. */
  readonly isKept: boolean;
}

interface SlowStatement {
  readonly id: DataSourceId;
  readonly fingerprint: string;
  readonly run: EndedRun;
}

/** The statements that people run, by data source and normal form. No text and no value of any is in here. */
export class QueryStatistics {
  readonly #options: QueryStatisticsOptions;
  readonly #sources = new Map<DataSourceId, SourceStatistics>();
  /** As they were looked up last; what is not here is looked up when it is needed. */
  readonly #slowMs = new Map<DataSourceId, number>();
  readonly #keeper: StatisticsKeeper;
  readonly #slowLines: RepeatLimit<SlowStatement>;
  #timer: Timer | null = null;

  constructor(options: QueryStatisticsOptions) {
    this.#options = options;
    this.#keeper = new StatisticsKeeper({ ...options, sources: this.#sources });
    this.#slowLines = new RepeatLimit(options.clock, (first, count) => this.#log(first, count));
  }

  /** Notes the statements of a data source, from now on. */
  recorderOf(id: DataSourceId): StatementRecorder {
    // Looked up each time: what was forgotten begins anew.
    return {
      statement: (durationMs, purpose, outcome, ended) => {
        if (ended === undefined) return;
        (this.#sources.get(id) ?? this.#begin(id))?.statement(durationMs, purpose, outcome, ended);
      },
    };
  }

  /** Null when what is asked for has not changed since its revision. @throws NOT_FOUND */
  async page(input: StatementPageInput): Promise<StatementPage | null> {
    const source = this.#require(input.id);
    await this.#readAll(source);
    const { droppedCount, revision } = source;
    if (revision === input.revision) return null;
    const listed = statementPage(source.all(), input, this.#options.clock.wallMs());
    return { ...listed, revision, droppedCount, slowStatementMs: this.#slowMsOf(input.id) };
  }

  /** @throws NOT_FOUND */
  detail(id: DataSourceId, fingerprint: string): StatementDetail {
    const statement = this.#require(id).find(fingerprint);
    if (statement === null) throw noStatementError();
    return statement.detail();
  }

  /** Forgets all statements of a data source. @throws NOT_FOUND; STORE_…, with nothing forgotten */
  reset(id: DataSourceId): void {
    const source = this.#require(id);
    this.#keeper.clear(id);
    source.clear();
  }

  /** @throws STORE_… */
  setKept(isKept: boolean): void {
    this.#keeper.setKept(isKept);
  }

  /** The settings of data sources have changed, or they are gone: those are dropped here, and stay with what is saved. */
  sourcesChanged(removed: readonly DataSourceId[]): void {
    this.#slowMs.clear();
    for (const id of removed) {
      this.#keeper.write(id);
      this.#sources.delete(id);
    }
  }

  /** Reads and writes what is left. Never throws. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    for (const source of this.#sources.values()) this.#readSome(source);
    this.#slowLines.flush();
    this.#keeper.stop();
  }

  #require(id: DataSourceId): SourceStatistics {
    const source = this.#sources.get(id) ?? this.#begin(id);
    if (source === null) throw new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
    return source;
  }

  #begin(id: DataSourceId): SourceStatistics | null {
    const measured = this.#options.sourceOf(id);
    if (measured === null) return null;
    const source = new SourceStatistics(
      {
        language: measured.language,
        clock: this.#options.clock,
        slowStatementMs: () => this.#slowMsOf(id),
        onWaiting: () => {
          this.#timer ??= this.#options.clock.after(collectMs, () => this.#readOn());
        },
        onChanged: () => this.#keeper.changed(),
        onSlow: (fingerprint, run) => this.#tellSlow({ id, fingerprint, run }),
      },
      this.#keeper.load(id),
    );
    this.#sources.set(id, source);
    return source;
  }

  #slowMsOf(id: DataSourceId): number {
    const known = this.#slowMs.get(id);
    if (known !== undefined) return known;
    const slowMs = this.#options.sourceOf(id)?.slowStatementMs ?? 0;
    this.#slowMs.set(id, slowMs);
    return slowMs;
  }

  #readOn(): void {
    this.#timer = null;
    for (const source of this.#sources.values()) this.#readSome(source);
    const isLeft = [...this.#sources.values()].some(({ hasWaiting }) => hasWaiting);
    if (isLeft) this.#timer = this.#options.clock.after(0, () => this.#readOn());
  }

  async #readAll(source: SourceStatistics): Promise<void> {
    const pace = new Pace(this.#options.clock);
    while (source.readNext()) if (pace.isOver) await pace.pause();
  }

  #readSome(source: SourceStatistics): void {
    const pace = new Pace(this.#options.clock);
    while (!pace.isOver && source.readNext());
  }

  #tellSlow(slow: SlowStatement): void {
    if (this.#slowLines.allows(slow.fingerprint, slow)) this.#log(slow, null);
  }

  /** @param count of those like the first, when they were too many to be written one by one; null for one */
  #log({ id, fingerprint, run }: SlowStatement, count: number | null): void {
    const { durationMs, outcome } = run;
    const fields = { dataSourceId: id, fingerprint, durationMs: Math.round(durationMs), outcome };
    if (count === null) this.#options.logger.warn('A statement was slow', fields);
    else this.#options.logger.warn('A statement was slow again and again', { ...fields, count });
  }
}

const noStatementError = (): AppError =>
  new AppError('NOT_FOUND', {
    title: 'There are no statistics of this statement any more',
    causes: ['The statistics were reset.', 'It was dropped for statements that took more time.'],
  });
