import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { endpointHash } from '../../vault/secrets/endpointBinding.ts';

interface TypedPassword {
  readonly endpoint: Buffer;
  readonly value: Buffer;
}

/**
 * Passwords that people typed to connect and did not want saved. A pool opens connections again and again, so each is
 * held, in memory only, until its data source is disconnected or the vault is locked. Each belongs to the endpoint it was
 * typed for, like a stored one.
 */
export class TypedPasswords {
  readonly #typed = new Map<DataSourceId, TypedPassword>();

  /** @param fields the endpoint that it was typed for */
  set(id: DataSourceId, fields: DataSourceFields, value: string): void {
    this.drop(id);
    this.#typed.set(id, { endpoint: endpointHash(fields), value: Buffer.from(value, 'utf8') });
  }

  has(id: DataSourceId): boolean {
    return this.#typed.has(id);
  }

  /** The password, to be dropped as soon as it is used; null when none was typed for this endpoint. */
  get(id: DataSourceId, fields: DataSourceFields): string | null {
    const typed = this.#typed.get(id);
    if (typed === undefined || !typed.endpoint.equals(endpointHash(fields))) return null;
    return typed.value.toString('utf8');
  }

  /** Zeroes one. Works any number of times. */
  drop(id: DataSourceId): void {
    this.#typed.get(id)?.value.fill(0);
    this.#typed.delete(id);
  }

  dropAll(): void {
    for (const id of [...this.#typed.keys()]) this.drop(id);
  }
}
