import type { DataSourceId } from '../../shared/model/ids.ts';

/**
 * Passwords that people typed to connect and did not want saved. A pool opens connections again and again, so each is
 * held, in memory only, until its data source is disconnected or the vault is locked.
 */
export class TypedPasswords {
  readonly #values = new Map<DataSourceId, Buffer>();

  set(id: DataSourceId, value: string): void {
    this.drop(id);
    this.#values.set(id, Buffer.from(value, 'utf8'));
  }

  /** The password, to be dropped as soon as it is used; null when none was typed. */
  get(id: DataSourceId): string | null {
    return this.#values.get(id)?.toString('utf8') ?? null;
  }

  /** Zeroes one. Works any number of times. */
  drop(id: DataSourceId): void {
    this.#values.get(id)?.fill(0);
    this.#values.delete(id);
  }

  dropAll(): void {
    for (const id of [...this.#values.keys()]) this.drop(id);
  }
}
