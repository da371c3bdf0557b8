import { createHash } from 'node:crypto';
import { maxStatementCount } from '../../../shared/model/statementStatistics.ts';
import type { LexicalModes, SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { Clock } from '../../base/Clock.ts';
import type {
  EndedStatement,
  StatementOutcome,
  StatementPurpose,
  StatementRecorder,
} from '../../base/statementKinds.ts';
import { KnownTexts } from './KnownTexts.ts';
import { type EndedRun, StatementStatistics } from './StatementStatistics.ts';
import type { KeptStatement } from './StatisticsRepository.ts';

/** Runs that wait to be read; more are only counted. */
const maxWaiting = 1_000;
/** In UTF-16 units, of their texts. */
const maxWaitingLength = 4_000_000;
/** No language reads more of a statement. */
const maxReadLength = 40_000;

interface Waiting {
  readonly text: string;
  readonly modes: LexicalModes | undefined;
  readonly run: EndedRun;
}

/** What has to be written, and what to be forgotten. */
export interface StatisticsChanges {
  readonly changed: readonly KeptStatement[];
  readonly dropped: readonly string[];
}

export interface SourceStatisticsOptions {
  readonly language: SqlLanguage;
  readonly clock: Clock;
  /** A statement that takes longer is slow; 0: none is. */
  readonly slowStatementMs: () => number;
  /** Runs wait to be read. */
  readonly onWaiting: () => void;
  readonly onChanged: () => void;
  readonly onSlow: (fingerprint: string, run: EndedRun) => void;
}

/**
 * The statements of one data source, by normal form. What was read before is counted at once; what was not waits until
 * `read` is called, so that no statement waits for it.
 */
export class SourceStatistics implements StatementRecorder {
  readonly #options: SourceStatisticsOptions;
  readonly #statements = new Map<string, StatementStatistics>();
  readonly #known = new KnownTexts();
  #waiting: Waiting[] = [];
  #waitingLength = 0;
  /** Fingerprints of what has changed, or was dropped, since it was last handed over. */
  readonly #changed = new Set<string>();
  readonly #dropped = new Set<string>();
  #droppedCount = 0;
  #revision = 0;

  constructor(options: SourceStatisticsOptions, kept: readonly KeptStatement[]) {
    this.#options = options;
    for (const { fingerprint, normalForm, figures } of kept.slice(0, maxStatementCount)) {
      this.#statements.set(fingerprint, new StatementStatistics(fingerprint, normalForm, figures));
    }
  }

  /** Statements that were given up for others, and runs that came faster than they could be read. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  /** Counts what has changed. */
  get revision(): number {
    return this.#revision;
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  all(): readonly StatementStatistics[] {
    return [...this.#statements.values()];
  }

  find(fingerprint: string): StatementStatistics | null {
    return this.#statements.get(fingerprint) ?? null;
  }

  statement(
    durationMs: number,
    _purpose: StatementPurpose,
    outcome: StatementOutcome,
    ended?: EndedStatement,
  ): void {
    if (ended === undefined) return;
    const { errorCode, modes, rowCount, text } = ended;
    const slowMs = this.#options.slowStatementMs();
    const isSlow = slowMs > 0 && durationMs > slowMs;
    const at = this.#options.clock.wallMs();
    const run = { at, durationMs, rows: rowCount, outcome, errorCode, isSlow };
    const fingerprint = this.#known.find(text, modes);
    const known = fingerprint === null ? undefined : this.#statements.get(fingerprint);
    if (known === undefined) this.#wait({ text, modes, run });
    else this.#count(known, run);
  }

  /** Reads the run that has waited longest. @returns whether there was one */
  readNext(): boolean {
    const next = this.#waiting.shift();
    if (next === undefined) return false;
    const { modes, run, text } = next;
    this.#waitingLength -= text.length;
    const { language } = this.#options;
    const form = (modes === undefined ? language : language.inModes(modes)).normalForm(text);
    const fingerprint = createHash('sha256').update(form).digest('hex').slice(0, 16);
    this.#known.add(text, modes, fingerprint);
    this.#count(this.#statements.get(fingerprint) ?? this.#begin(fingerprint, form), run);
    return true;
  }

  /** Forgets everything. */
  clear(): void {
    this.#statements.clear();
    this.#known.clear();
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#changed.clear();
    this.#dropped.clear();
    this.#droppedCount = 0;
    this.#revision += 1;
  }

  /** At most so many of those that have changed since they were handed over, and what was dropped since. */
  takeChanges(limit: number): StatisticsChanges {
    const fingerprints = [...this.#changed].slice(0, limit);
    const dropped = [...this.#dropped];
    for (const fingerprint of fingerprints) this.#changed.delete(fingerprint);
    this.#dropped.clear();
    const changed = fingerprints.flatMap((fingerprint) => this.#statements.get(fingerprint) ?? []);
    return { changed: changed.map((statement) => statement.kept()), dropped };
  }

  /** These could not be written. */
  giveBack({ changed, dropped }: StatisticsChanges): void {
    for (const { fingerprint } of changed) this.#changed.add(fingerprint);
    for (const fingerprint of dropped) {
      if (!this.#statements.has(fingerprint)) this.#dropped.add(fingerprint);
    }
  }

  /** All of it is to be handed over again. */
  allChanged(): void {
    for (const fingerprint of this.#statements.keys()) this.#changed.add(fingerprint);
  }

  #wait(waiting: Waiting): void {
    const text = waiting.text.slice(0, maxReadLength);
    if (this.#waiting.length >= maxWaiting || this.#waitingLength + text.length > maxWaitingLength) {
      this.#droppedCount += 1;
      return;
    }
    this.#waiting.push({ ...waiting, text });
    this.#waitingLength += text.length;
    this.#options.onWaiting();
  }

  #count(statement: StatementStatistics, run: EndedRun): void {
    statement.add(run);
    this.#revision += 1;
    this.#changed.add(statement.fingerprint);
    this.#options.onChanged();
    if (run.isSlow) this.#options.onSlow(statement.fingerprint, run);
  }

  #begin(fingerprint: string, form: string): StatementStatistics {
    if (this.#statements.size >= maxStatementCount) this.#dropLeast();
    const statement = new StatementStatistics(fingerprint, form);
    this.#statements.set(fingerprint, statement);
    this.#dropped.delete(fingerprint);
    return statement;
  }

  /** What took the least time makes room. */
  #dropLeast(): void {
    let least: StatementStatistics | null = null;
    for (const one of this.#statements.values()) {
      if (least === null || one.totalMs < least.totalMs) least = one;
    }
    if (least === null) return;
    this.#statements.delete(least.fingerprint);
    this.#changed.delete(least.fingerprint);
    this.#dropped.add(least.fingerprint);
    this.#droppedCount += 1;
  }
}
