import { type AlertKind, alertKinds } from '../../shared/model/alertChoices.ts';
import type {
  AlertEnd,
  AlertHistoryInput,
  AlertHistoryPage,
  AlertRule,
  AlertRuleKey,
  AlertStatus,
  SnoozeInput,
} from '../../shared/model/alerts.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import type { IntervalFigures } from '../observability/MeasuredInterval.ts';
import type { AlertRecord, AlertRepository } from './AlertRepository.ts';
import { AlertRules, type RuleKeeper } from './AlertRules.ts';
import { AlertSnoozes } from './AlertSnoozes.ts';
import { noSuchSource } from './alertErrors.ts';
import { alertStatus } from './alertStatus.ts';
import { AlertAnnouncer } from './announcing/AlertAnnouncer.ts';
import type { AlertNotifier } from './announcing/AlertNotifier.ts';
import { FiringAlerts } from './FiringAlerts.ts';
import { ServerLooks, type ServerLooksOptions } from './watching/ServerLooks.ts';
import { type Looked, WatchedSource } from './watching/WatchedSource.ts';

/** While something is pending or fires. */
const lookIntervalMs = 1_000;
/** What changes in a moment, as in a storm, is written and told together. */
const tellDelayMs = 250;

const serverKinds: readonly AlertKind[] = ['server-connections', 'replication-lag'];

export interface AlertsOptions {
  readonly repository: AlertRepository;
  readonly keeper: RuleKeeper;
  /** Whether a data source is in the list. */
  readonly isListed: (id: DataSourceId) => boolean;
  readonly nameOf: (id: DataSourceId) => string;
  readonly serverUseOf: ServerLooksOptions['useOf'];
  readonly notifier: AlertNotifier;
  /** Whether the window is locked now. */
  readonly isLocked: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Watches data sources in use by rules: what fires, what did, and who is told. One that nobody uses, or that a person has
 * disconnected, has no alerts. Time in which the machine sleeps does not count.
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
    for (const { kind, sourceId } of this.#firing.all()) this.#firing.end(kind, sourceId, 'app-closed');
    this.#firing.write();
    this.#sources.clear();
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
    if (!this.#options.isListed(input.sourceId)) throw noSuchSource();
    this.#snoozes.set(input);
    const { kind, sourceId } = input;
    const snoozed = this.#firing.all().find((one) => one.kind === kind && one.sourceId === sourceId);
    // When that has run out, it is news again.
    if (snoozed !== undefined && input.until !== null) this.#announcer.forget(snoozed.id);
    this.#changed();
  }

  // What happens to data sources

  stateChanged(id: DataSourceId, state: SourceState): void {
    if (this.#isStopped) return;
    if (state.status === 'idle' || state.status === 'closing') this.#leave(id, 'disconnected');
    else {
      const source = this.#sources.get(id) ?? new WatchedSource(this.#options.clock.monotonicMs());
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
    for (const id of ids) this.#leave(id, 'removed');
  }

  suspended(): void {
    this.#isAsleep = true;
  }

  /** What was on the way to be an alert begins anew: connections find their way back first. */
  resumed(): void {
    this.#isAsleep = false;
    for (const source of this.#sources.values()) source.restart(this.#options.clock.monotonicMs());
  }

  // Looking

  #look(id: DataSourceId, source: WatchedSource): void {
    if (this.#isAsleep) return;
    const nowMs = this.#options.clock.monotonicMs();
    const found = source.look(nowMs, (kind) => this.#rules.enabledFor(kind, id));
    for (const looked of found) this.#take(id, looked);
    if (source.isBusy) this.#lookAgain();
  }

  #take(id: DataSourceId, { kind, rule, value, detail, is }: Looked): void {
    if (is === 'over') this.#end(kind, id, rule === null ? 'rule-changed' : 'cleared');
    else if (is === 'new') {
      const sourceName = this.#options.nameOf(id);
      this.#firing.begin(kind, id, { sourceName, value, threshold: rule?.threshold ?? null, detail });
      this.#changed();
    } else if (this.#firing.worsen(kind, id, value)) this.#changed();
  }

  #lookAgain(): void {
    this.#lookTimer ??= this.#options.clock.after(lookIntervalMs, () => {
      this.#lookTimer = null;
      const busy = [...this.#sources].filter(([, source]) => source.isBusy);
      for (const [id, source] of busy) this.#look(id, source);
      if (busy.length > 0) this.#lookAgain();
      // Of one that was snoozed until now.
      if (this.status().unsnoozedCount !== this.#shownCount) this.#changed();
    });
  }

  #lookAtAll(): void {
    for (const [id, source] of this.#sources) this.#look(id, source);
    this.#changed();
  }

  #leave(id: DataSourceId, end: AlertEnd): void {
    if (!this.#sources.delete(id)) return;
    for (const kind of alertKinds) this.#end(kind, id, end);
  }

  #end(kind: AlertKind, id: DataSourceId, end: AlertEnd): void {
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

  #isWanted({ kind, sourceId }: AlertRecord): boolean {
    const notifies = this.#rules.enabledFor(kind, sourceId)?.notifies === true;
    return notifies && this.#snoozes.until(kind, sourceId) === null;
  }
}
