import type { SecretFieldName } from '../../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SecretRef } from '../../vault/secrets/SecretRepository.ts';
import { endpointHash } from './endpointBinding.ts';

/** A value for a secret field, as a person has typed it. */
export interface TypedSecret {
  readonly field: SecretFieldName;
  readonly value: string;
}

interface HeldSecret {
  readonly endpoint: Buffer;
  readonly value: Buffer;
}

/**
 * Secrets that people typed to connect and did not want saved. A pool opens connections again and again, so each is held,
 * in memory only, until its data source is disconnected or the vault is locked. Each belongs to the endpoint it was typed
 * for, like a stored one.
 */
export class TypedSecrets {
  readonly #held = new Map<DataSourceId, Map<SecretFieldName, HeldSecret>>();

  /** @param endpoint the one that it was typed for */
  set(id: DataSourceId, endpoint: EndpointFields, { field, value }: TypedSecret): void {
    const held = this.#held.get(id) ?? new Map<SecretFieldName, HeldSecret>();
    held.get(field)?.value.fill(0);
    held.set(field, { endpoint: endpointHash(endpoint), value: Buffer.from(value, 'utf8') });
    this.#held.set(id, held);
  }

  has({ dataSourceId, field }: SecretRef): boolean {
    return this.#held.get(dataSourceId)?.has(field) ?? false;
  }

  /** The secret, to be dropped as soon as it is used; null when none was typed for this endpoint. */
  get({ dataSourceId, field }: SecretRef, endpoint: EndpointFields): string | null {
    const held = this.#held.get(dataSourceId)?.get(field);
    if (held === undefined || !held.endpoint.equals(endpointHash(endpoint))) return null;
    return held.value.toString('utf8');
  }

  /** Zeroes all of a data source. Works any number of times. */
  drop(id: DataSourceId): void {
    for (const { value } of this.#held.get(id)?.values() ?? []) value.fill(0);
    this.#held.delete(id);
  }

  dropAll(): void {
    for (const id of [...this.#held.keys()]) this.drop(id);
  }
}
