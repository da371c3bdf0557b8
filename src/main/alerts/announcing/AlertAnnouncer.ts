import type { Clock, Timer } from '../../base/Clock.ts';
import type { AlertRecord } from '../AlertRepository.ts';
import type { AlertNotifier } from './AlertNotifier.ts';
import { noticeOf } from './alertNotices.ts';

/** Others that come with the first one, as when a network goes, are told together with it. */
const gatherMs = 5_000;
/** Between two notices: what comes meanwhile is one notice then. */
const restMs = 60_000;

export interface AlertAnnouncerOptions {
  readonly notifier: AlertNotifier;
  /** Whether the window is locked now. */
  readonly isLocked: () => boolean;
  /** Whether a person wants to hear of it now. */
  readonly isWanted: (alert: AlertRecord) => boolean;
  readonly clock: Clock;
}

/** Tells of alerts once: several in one notice, and at most one notice a minute, so that a storm is no storm. */
export class AlertAnnouncer {
  readonly #options: AlertAnnouncerOptions;
  /** Those that fire now. */
  #firing: readonly AlertRecord[] = [];
  /** Ids of those that were told, or will be in a moment. */
  #told = new Set<number>();
  #gathered: number[] = [];
  #timer: Timer | null = null;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: AlertAnnouncerOptions) {
    this.#options = options;
  }

  /** Tells of those that are new and wanted. */
  follow(firing: readonly AlertRecord[]): void {
    this.#firing = firing;
    this.#told = new Set(firing.flatMap(({ id }) => (this.#told.has(id) ? id : [])));
    for (const alert of firing) {
      if (this.#told.has(alert.id) || !this.#options.isWanted(alert)) continue;
      this.#told.add(alert.id);
      this.#gather(alert.id);
    }
  }

  /** This one is told anew as soon as it is wanted. */
  forget(id: number): void {
    this.#told.delete(id);
    this.#gathered = this.#gathered.filter((one) => one !== id);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #gather(id: number): void {
    const { clock } = this.#options;
    this.#gathered.push(id);
    const restLeftMs = this.#toldAtMs + restMs - clock.monotonicMs();
    this.#timer ??= clock.after(Math.max(gatherMs, restLeftMs), () => this.#tell());
  }

  /** What is over meanwhile is no news. */
  #tell(): void {
    const { clock, isLocked, isWanted, notifier } = this.#options;
    const gathered = new Set(this.#gathered);
    const alerts = this.#firing.filter((alert) => gathered.has(alert.id) && isWanted(alert));
    this.#timer = null;
    this.#gathered = [];
    if (alerts.length === 0) return;
    this.#toldAtMs = clock.monotonicMs();
    notifier.show(noticeOf(alerts, isLocked()));
  }
}
