import { type AlertKind, isPipelineAlert } from '../../shared/model/alertChoices.ts';
import type { AlertEnd, AlertSubjectId } from '../../shared/model/alerts.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { AlertRecord, AlertRepository } from './AlertRepository.ts';

export interface FiringAlertsOptions {
  readonly repository: AlertRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What an alert says of its data source or pipeline. */
export type AlertFacts = Pick<AlertRecord, 'subjectName' | 'value' | 'threshold' | 'detail'>;

const nameOf = (kind: AlertKind, subjectId: AlertSubjectId): string => `${kind} ${subjectId}`;

/** The alerts that fire. What begins or ends is kept with the next `write`, all of it in one transaction. */
export class FiringAlerts {
  readonly #options: FiringAlertsOptions;
  readonly #firing = new Map<string, AlertRecord>();
  #unwritten: AlertRecord[] = [];
  #lastId: number;
  #endedCount = 0;

  /** Those that the last run left are over with it. @throws STORE_… */
  constructor(options: FiringAlertsOptions) {
    const { repository, clock } = options;
    this.#options = options;
    repository.endLeft(clock.wallMs());
    this.#lastId = repository.lastId();
  }

  /** How many are over since the app began. */
  get endedCount(): number {
    return this.#endedCount;
  }

  /** Oldest first. */
  all(): AlertRecord[] {
    return [...this.#firing.values()];
  }

  begin(kind: AlertKind, subjectId: AlertSubjectId, facts: AlertFacts): AlertRecord {
    this.#lastId += 1;
    const startedAt = this.#options.clock.wallMs();
    const alert = { id: this.#lastId, kind, subjectId, startedAt, endedAt: null, end: null, ...facts };
    this.#firing.set(nameOf(kind, subjectId), alert);
    this.#unwritten.push(alert);
    this.#log('An alert fires', alert);
    return alert;
  }

  /** Keeps the worst value that there was. @returns whether it is worse now */
  worsen(kind: AlertKind, subjectId: AlertSubjectId, value: number | null): boolean {
    const alert = this.#firing.get(nameOf(kind, subjectId));
    if (alert === undefined || value === null || value <= (alert.value ?? 0)) return false;
    this.#firing.set(nameOf(kind, subjectId), { ...alert, value });
    return true;
  }

  /** @returns whether there was one */
  end(kind: AlertKind, subjectId: AlertSubjectId, end: AlertEnd): boolean {
    const alert = this.#firing.get(nameOf(kind, subjectId));
    if (alert === undefined) return false;
    this.#firing.delete(nameOf(kind, subjectId));
    this.#unwritten.push({ ...alert, end, endedAt: this.#options.clock.wallMs() });
    this.#endedCount += 1;
    this.#log('An alert is over', alert, end);
    return true;
  }

  /** Never throws: what cannot be kept is missing in the history. */
  write(): void {
    if (this.#unwritten.length === 0) return;
    const alerts = this.#unwritten;
    this.#unwritten = [];
    try {
      this.#options.repository.write(alerts, this.#options.clock.wallMs());
    } catch (error) {
      this.#options.logger.warn('Alerts could not be kept', { count: alerts.length }, error);
    }
  }

  #log(message: string, { kind, subjectId }: AlertRecord, reason?: AlertEnd): void {
    const subject = isPipelineAlert(kind) ? { pipeline: subjectId } : { dataSourceId: subjectId };
    this.#options.logger.info(message, { ...subject, kind, reason });
  }
}
