import type { AlertKind, AlertSnooze } from '../../shared/model/alertChoices.ts';
import type { SnoozeInput } from '../../shared/model/alerts.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock } from '../base/Clock.ts';
import type { AlertRepository } from './AlertRepository.ts';

const hourMs = 3_600_000;
/** The hour of the day at which tomorrow begins, where the person is. */
const morningHour = 8;

const nameOf = (kind: AlertKind, sourceId: DataSourceId): string => `${kind} ${sourceId}`;

/** Of which alerts nothing is said for now, also when they are over and fire again. */
export class AlertSnoozes {
  readonly #repository: AlertRepository;
  readonly #clock: Clock;
  readonly #until: Map<string, number>;

  /** @throws STORE_… */
  constructor(repository: AlertRepository, clock: Clock) {
    this.#repository = repository;
    this.#clock = clock;
    const kept = repository.snoozes(clock.wallMs());
    this.#until = new Map(kept.map(({ kind, sourceId, until }) => [nameOf(kind, sourceId), until]));
  }

  /** Until when, in epoch milliseconds; null: it is not snoozed. */
  until(kind: AlertKind, sourceId: DataSourceId): number | null {
    const until = this.#until.get(nameOf(kind, sourceId));
    return until === undefined || until <= this.#clock.wallMs() ? null : until;
  }

  /** @throws STORE_… */
  set({ kind, sourceId, until: wanted }: SnoozeInput): void {
    if (wanted === null) {
      this.#repository.removeSnooze(kind, sourceId);
      this.#until.delete(nameOf(kind, sourceId));
      return;
    }
    const until = endOf(wanted, this.#clock.wallMs());
    this.#repository.putSnooze({ kind, sourceId, until });
    this.#until.set(nameOf(kind, sourceId), until);
  }
}

function endOf(snooze: AlertSnooze, nowMs: number): number {
  if (snooze === 'hour') return nowMs + hourMs;
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour).getTime();
}
