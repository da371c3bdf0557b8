import type { AlertKind, AlertSnooze } from '../../shared/model/alertChoices.ts';
import type { AlertSubjectId, SnoozeInput } from '../../shared/model/alerts.ts';
import type { Clock } from '../base/Clock.ts';
import type { AlertRepository } from './AlertRepository.ts';

const hourMs = 3_600_000;
/** The hour of the day at which tomorrow begins, where the person is. */
const morningHour = 8;

const nameOf = (kind: AlertKind, subjectId: AlertSubjectId): string => `${kind} ${subjectId}`;

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
    this.#until = new Map(kept.map(({ kind, subjectId, until }) => [nameOf(kind, subjectId), until]));
  }

  /** Until when, in epoch milliseconds; null: it is not snoozed. */
  until(kind: AlertKind, subjectId: AlertSubjectId): number | null {
    const until = this.#until.get(nameOf(kind, subjectId));
    return until === undefined || until <= this.#clock.wallMs() ? null : until;
  }

  /** @throws STORE_… */
  set({ kind, subjectId, until: wanted }: SnoozeInput): void {
    if (wanted === null) {
      this.#repository.removeSnooze(kind, subjectId);
      this.#until.delete(nameOf(kind, subjectId));
      return;
    }
    const until = endOf(wanted, this.#clock.wallMs());
    this.#repository.putSnooze({ kind, subjectId, until });
    this.#until.set(nameOf(kind, subjectId), until);
  }
}

function endOf(snooze: AlertSnooze, nowMs: number): number {
  if (snooze === 'hour') return nowMs + hourMs;
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour).getTime();
}
