import { createHash } from 'node:crypto';
import { placeParts, type QueuePlace } from '../../shared/model/queueSettings.ts';
import { lengthPrefixed } from '../base/canonicalBytes.ts';
import type { ServerSecrets } from '../embedded/login/serverPassword.ts';
import type { SecretRef } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';

/** The app's own secrets belong to no data source: they have an id of their own, which no data source can get. */
const owner = '00000000-0000-4000-8000-000000000000';

/**
 * Each goes to one place only, whatever its port, or nowhere. The names are part of what is sealed: with another one, a
 * secret that is kept could not be opened.
 */
const places = {
  'demo-passwords': 'mooring-demo-server',
  'pipeline-masks': 'mooring-pipeline-masks',
  'queue-password': 'mooring-queue-password',
  'worker-key': 'mooring-worker-key',
} as const;
type OwnSecret = keyof typeof places;

const endpointOf = (field: OwnSecret): Buffer => createHash('sha256').update(places[field]).digest();

const isOwnSecret = (field: string): field is OwnSecret => Object.hasOwn(places, field);

/** The password of a queue that several computers use. It is the one that goes to a place which people choose. */
export const queueLogin: SecretRef = { dataSourceId: owner, field: 'queue-login' };

/** Null for a queue on this computer, whose password the app makes itself. */
export function queueLoginEndpoint(place: QueuePlace): Buffer | null {
  if (place.type === 'local') return null;
  return createHash('sha256')
    .update(lengthPrefixed(['mooring-queue-login', ...placeParts(place)]))
    .digest();
}

/** What a secret of the app itself is sealed for; null for any other. @param queuePlace is asked for the queue's alone */
export function ownSecretEndpoint(
  { dataSourceId, field }: SecretRef,
  queuePlace: () => QueuePlace,
): Buffer | null {
  if (dataSourceId !== owner) return null;
  if (field === queueLogin.field) return queueLoginEndpoint(queuePlace());
  return isOwnSecret(field) ? endpointOf(field) : null;
}

/**
 * Keeps one of them in the vault: the password of the demo server; that of the queue's server; the key of all masks of
 * pipelines; the key with which bundles of runs are sealed.
 */
export function ownSecretIn(vault: VaultManager, field: OwnSecret): ServerSecrets {
  const ref: SecretRef = { dataSourceId: owner, field };
  return {
    read: () => vault.open(ref, endpointOf(field)),
    write: (value) => vault.seal(ref, value, endpointOf(field)),
  };
}
