import type { AlertKind, PipelineAlertKind, SourceAlertKind } from '../../shared/model/alertChoices.ts';
import type {
  AlertEnd,
  AlertHistoryInput,
  AlertHistoryPage,
  AlertRule,
  AlertRuleKey,
  AlertStatus,
  AlertSubjectId,
  SnoozeInput,
} from '../../shared/model/alerts.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { PipelineId } from '../../shared/model/pipelines.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import type { IntervalFigures } from '../observability/MeasuredInterval.ts';
import type { AlertRecord, AlertRepository } from './AlertRepository.ts';
import { AlertRules, type IsListed, type RuleKeeper } from './AlertRules.ts';
import { AlertSnoozes } from './AlertSnoozes.ts';
import { noSuchSubject } from './alertErrors.ts';
import { alertStatus } from './alertStatus.ts';
import { AlertAnnouncer } from './announcing/AlertAnnouncer.ts';
import type { AlertNotifier } from './announcing/AlertNotifier.ts';
import { FiringAlerts } from './FiringAlerts.ts';
import { PipelineSignals } from './watching/PipelineSignals.ts';
import { ServerLooks, type ServerLooksOptions } from './watching/ServerLooks.ts';
import { SourceSignals } from './watching/SourceSignals.ts';
import { type Looked, WatchedSubject } from './watching/WatchedSubject.ts';

/** While something is pending or fires. */
const lookIntervalMs = 1_000;
/** What changes in a moment, as in a storm, is written and told together. */
const tellDelayMs = 250;

const serverKinds: readonly SourceAlertKind[] = ['server-connections', 'replication-lag'];

export interface AlertsOptions {
  readonly repository: AlertRepository;
  readonly keeper: RuleKeeper;
  readonly isListed: IsListed;
  readonly nameOf: (kind: AlertKind, id: AlertSubjectId) => string;
  readonly serverUseOf: ServerLooksOptions['useOf'];
  readonly notifier: AlertNotifier;
  /** Whether the window is locked now. */
  readonly isLocked: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where a pipeline stands. */
export interface PipelineStanding {
  /** Title of the error with which its last run failed for good; null: it did not fail. */
  readonly failure: string | null;
  /** Since when a run has been due that no worker has begun, in epoch milliseconds; null: none is. */
  readonly dueSince: number | null;
}

type WatchedSource = WatchedSubject<SourceAlertKind, SourceSignals>;
type WatchedPipeline = WatchedSubject<PipelineAlertKind, PipelineSignals>;

/**
 * Watches data sources in use and pipelines by rules: what fires, what did, and who is told. A data source that nobody
 * uses, or that a person has disconnected, has no alerts. Time in which the machine sleeps, or in which Mooring was
 * closed, does not count.
 */
export class Alerts {
  readonly onStatus = new Emitter<AlertStatus>();
  readonly #options: AlertsOptions;
  readonly #rules: AlertRules;
  readonly #snoozes: AlertSnoozes;
  readonly #firing: FiringAlerts;
  readonly #announcer: AlertAnnouncer;
  readonly #looks: ServerLooks;
  readonly #sources = new Map<DataSourceId, WatchedSource>();
  /** Those of which something was heard since the app began. */
  readonly #pipelines = new Map<PipelineId, WatchedPipeline>();
  /** Of the monotonic clock: since when runs can begin. */
  #awakeSinceMs: number;
  /** How many unsnoozed ones the window was told of last. */
  #shownCount = 0;
  #isAsleep = false;
  #isStopped = false;
  #lookTimer: Timer | null = null;
  #tellTimer: Timer | null = null;

  /** @throws STORE_… */
  constructor(options: AlertsOptions) {
    const { clock, isListed, keeper, repository } = options;
    this.#options = options;
    this.#awakeSinceMs = clock.monotonicMs();
    repository.forgetGone();
    this.#rules = new AlertRules(keeper, isListed);
    this.#snoozes = new AlertSnoozes(repository, clock);
    this.#firing = new FiringAlerts(options);
    this.#announcer = new AlertAnnouncer({ ...options, isWanted: (alert) => this.#isWanted(alert) });
    this.#looks = new ServerLooks({
      ...options,
      useOf: options.serverUseOf,
      wanted: () => this.#serversToAsk(),
      onUse: (id, use) => this.#sources.get(id)?.signals.server(clock.monotonicMs(), use),
    });
  }

  start(): void {
    this.#looks.start();
  }

  /** What still fires is over with the app. Never throws. */
  stop(): void {
    this.#isStopped = true;
    this.#looks.stop();
    this.#announcer.stop();
    this.#lookTimer?.cancel();
    this.#tellTimer?.cancel();
    for (const { kind, subjectId } of this.#firing.all()) this.#firing.end(kind, subjectId, 'app-closed');
    this.#firing.write();
    this.#sources.clear();
    this.#pipelines.clear();
  }

  status(): AlertStatus {
    return alertStatus(this.#firing, this.#snoozes);
  }

  /** @throws STORE_… */
  history(input: AlertHistoryInput): AlertHistoryPage {
    this.#firing.write();
    const alerts = this.#options.repository.past(input);
    return { alerts: alerts.slice(0, input.limit), hasMore: alerts.length > input.limit };
  }

  rules(): AlertRule[] {
    return this.#rules.list();
  }

  /** @throws NOT_FOUND, TOO_LARGE, STORE_… */
  setRule(rule: AlertRule): AlertRule[] {
    this.#rules.set(rule);
    this.#lookAtAll();
    return this.rules();
  }

  /** @throws NOT_FOUND, STORE_… */
  removeRule(key: AlertRuleKey): AlertRule[] {
    this.#rules.remove(key);
    this.#lookAtAll();
    return this.rules();
  }

  /** @throws NOT_FOUND, STORE_… */
  snooze(input: SnoozeInput): void {
    const { kind, subjectId } = input;
    if (!this.#options.isListed(kind, subjectId)) throw noSuchSubject(kind);
    this.#snoozes.set(input);
    const snoozed = this.#firing.all().find((one) => one.kind === kind && one.subjectId === subjectId);
    // When that has run out, it is news again.
    if (snoozed !== undefined && input.until !== null) this.#announcer.forget(snoozed.id);
    this.#changed();
  }

  // What happens to data sources and pipelines

  stateChanged(id: DataSourceId, state: SourceState): void {
    if (this.#isStopped) return;
    if (state.status === 'idle' || state.status === 'closing') this.#leave(this.#sources, id, 'disconnected');
    else {
      const nowMs = this.#options.clock.monotonicMs();
      const source = this.#sources.get(id) ?? new WatchedSubject(new SourceSignals(), nowMs);
      this.#sources.set(id, source);
      source.signals.state(state);
      this.#look(id, source);
    }
  }

  /** A second has ended. */
  measured(id: DataSourceId, second: IntervalFigures): void {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    source.signals.measured(this.#options.clock.monotonicMs(), second);
    this.#look(id, source);
  }

  /** Data sources were taken out of the list. */
  removed(ids: readonly DataSourceId[]): void {
    for (const id of ids) this.#leave(this.#sources, id, 'removed');
  }

  pipelineChanged(id: PipelineId, { failure, dueSince }: PipelineStanding): void {
    if (this.#isStopped) return;
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const pipeline = this.#pipelines.get(id) ?? new WatchedSubject(new PipelineSignals(), nowMs);
    const sinceMs = dueSince === null ? null : nowMs - Math.max(0, clock.wallMs() - dueSince);
    pipeline.signals.stands(failure, sinceMs === null ? null : Math.max(sinceMs, this.#awakeSinceMs));
    this.#pipelines.set(id, pipeline);
    this.#look(id, pipeline);
  }

  pipelineRemoved(id: PipelineId): void {
    this.#leave(this.#pipelines, id, 'removed');
  }

  suspended(): void {
    this.#isAsleep = true;
  }

  /** What was on the way to be an alert begins anew: connections find their way back first. */
  resumed(): void {
    this.#isAsleep = false;
    this.#awakeSinceMs = this.#options.clock.monotonicMs();
    for (const { signals } of this.#pipelines.values()) signals.awoke(this.#awakeSinceMs);
    for (const [, watched] of this.#watched()) watched.restart(this.#awakeSinceMs);
  }

  // Looking

  *#watched(): Generator<readonly [AlertSubjectId, WatchedSource | WatchedPipeline]> {
    yield* this.#sources;
    yield* this.#pipelines;
  }

  #look(id: AlertSubjectId, watched: WatchedSource | WatchedPipeline): void {
    if (this.#isAsleep) return;
    const nowMs = this.#options.clock.monotonicMs();
    const found = watched.look(nowMs, (kind) => this.#rules.enabledFor(kind, id));
    for (const looked of found) this.#take(id, looked);
    if (watched.isBusy) this.#lookAgain();
  }

  #take(id: AlertSubjectId, { kind, rule, value, detail, is }: Looked): void {
    if (is === 'over') this.#end(kind, id, rule === null ? 'rule-changed' : 'cleared');
    else if (is === 'new') {
      const subjectName = this.#options.nameOf(kind, id);
      this.#firing.begin(kind, id, { subjectName, value, threshold: rule?.threshold ?? null, detail });
      this.#changed();
    } else if (this.#firing.worsen(kind, id, value)) this.#changed();
  }

  #lookAgain(): void {
    this.#lookTimer ??= this.#options.clock.after(lookIntervalMs, () => {
      this.#lookTimer = null;
      const busy = [...this.#watched()].filter(([, { isBusy }]) => isBusy);
      for (const [id, watched] of busy) this.#look(id, watched);
      if (busy.length > 0) this.#lookAgain();
      // Of one that was snoozed until now.
      if (this.status().unsnoozedCount !== this.#shownCount) this.#changed();
    });
  }

  #lookAtAll(): void {
    for (const [id, watched] of this.#watched()) this.#look(id, watched);
    this.#changed();
  }

  #leave(
    watched: Map<AlertSubjectId, WatchedSource> | Map<AlertSubjectId, WatchedPipeline>,
    id: AlertSubjectId,
    end: AlertEnd,
  ): void {
    const kinds = watched.get(id)?.signals.kinds ?? [];
    watched.delete(id);
    for (const kind of kinds) this.#end(kind, id, end);
  }

  #end(kind: AlertKind, id: AlertSubjectId, end: AlertEnd): void {
    if (this.#firing.end(kind, id, end)) this.#changed();
  }

  #serversToAsk(): DataSourceId[] {
    if (this.#isAsleep) return [];
    return [...this.#sources].flatMap(([id, { signals }]) =>
      signals.isOpen && serverKinds.some((kind) => this.#rules.enabledFor(kind, id) !== null) ? id : [],
    );
  }

  // Telling

  #changed(): void {
    this.#tellTimer ??= this.#options.clock.after(tellDelayMs, () => {
      this.#tellTimer = null;
      this.#firing.write();
      this.#announcer.follow(this.#firing.all());
      const status = this.status();
      this.#shownCount = status.unsnoozedCount;
      this.onStatus.emit(status);
    });
  }

  #isWanted({ kind, subjectId }: AlertRecord): boolean {
    const notifies = this.#rules.enabledFor(kind, subjectId)?.notifies === true;
    return notifies && this.#snoozes.until(kind, subjectId) === null;
  }
}
