import { randomUUID } from 'node:crypto';
import type { Draft, SecretFieldName } from '../../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import { AppError } from '../../base/AppError.ts';
import { endpointHash } from './endpointBinding.ts';

/** Someone who signs in more often than that before saving has left the first ones behind. */
const maxHeld = 20;

interface HeldSecret {
  readonly field: SecretFieldName;
  readonly endpoint: Buffer;
  readonly value: Buffer;
}

/**
 * Secrets that servers gave to a person who signed in there, until the draft they are for is saved. In memory only; each
 * belongs to the endpoint that it was obtained for, like a stored one.
 */
export class ObtainedSecrets {
  readonly #held = new Map<string, HeldSecret>();

  /** @returns the id by which a draft names it */
  keep(endpoint: EndpointFields, field: SecretFieldName, value: string): string {
    const id = randomUUID();
    this.#held.set(id, { field, endpoint: endpointHash(endpoint), value: Buffer.from(value, 'utf8') });
    const [oldest] = this.#held.keys();
    if (this.#held.size > maxHeld && oldest !== undefined) this.#drop(oldest);
    return id;
  }

  /**
   * The draft with those that it names in their place, as if they had been typed.
   * @throws PASSWORD_REQUIRED for one that is gone, or was obtained for another endpoint
   */
  resolve(draft: Draft): Draft {
    const secrets = Object.entries(draft.secrets).map(([field, secret]) => {
      if (secret.type !== 'obtained') return [field, secret] as const;
      const value = this.#valueOf(secret.id, field, draft.fields);
      return [field, { type: 'typed', value }] as const;
    });
    return { ...draft, secrets: Object.fromEntries(secrets) };
  }

  /** Zeroes all. */
  dropAll(): void {
    for (const id of [...this.#held.keys()]) this.#drop(id);
  }

  #valueOf(id: string, field: SecretFieldName, endpoint: EndpointFields): string {
    const held = this.#held.get(id);
    if (held !== undefined && held.field === field && held.endpoint.equals(endpointHash(endpoint))) {
      return held.value.toString('utf8');
    }
    throw new AppError('PASSWORD_REQUIRED', {
      title: 'Sign in again',
      detail: 'The sign-in was for other settings, or before Mooring was started anew.',
      fixes: ['Sign in once more, then save.'],
    });
  }

  #drop(id: string): void {
    this.#held.get(id)?.value.fill(0);
    this.#held.delete(id);
  }
}
