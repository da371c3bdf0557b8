import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock } from '../base/Clock.ts';
import { Reservations } from './pool/Reservations.ts';

/** What is reserved of each data source, whether it is in use or not. */
export class SourceReservations {
  readonly #clock: Clock;
  readonly #bySource = new Map<DataSourceId, Reservations>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Those of a data source, with the maximum that it has now. */
  of({ id, pool: { max } }: DataSource): Reservations {
    const known = this.#bySource.get(id);
    if (known !== undefined) {
      known.configure(max);
      return known;
    }
    const reservations = new Reservations(max, this.#clock);
    this.#bySource.set(id, reservations);
    return reservations;
  }
}
