import { randomInt } from 'node:crypto';
import { largestUint32 } from '../../base/canonicalBytes.ts';
import { secretTampered } from '../vaultErrors.ts';
import { type EnvelopeBinding, openEnvelope, type SealingKey, sealEnvelope } from './envelope.ts';
import type { SealedSecret, SecretRef } from './SecretRepository.ts';

/** What a secret is sealed for, beside its own data source and field. */
export interface SealingPlace {
  readonly vaultId: string;
  /** See endpointBinding.ts. */
  readonly endpointHash: Buffer;
}

/** The plaintext stays the caller's, to be zeroed. */
export function sealSecret(
  key: SealingKey,
  { vaultId, endpointHash }: SealingPlace,
  { dataSourceId, field, revision }: SecretRef & Pick<SealedSecret, 'revision'>,
  plaintext: Buffer,
): SealedSecret {
  const binding: EnvelopeBinding = { vaultId, dataSourceId, field, revision, endpointHash };
  const envelope = sealEnvelope(key, binding, plaintext);
  return { dataSourceId, field, envelope, keyVersion: key.version, revision };
}

/** The plaintext, to be zeroed by the caller. @throws SECRET_TAMPERED */
export function openSecret(
  key: SealingKey,
  { vaultId, endpointHash }: SealingPlace,
  { dataSourceId, field, revision, envelope }: Omit<SealedSecret, 'keyVersion'>,
): Buffer {
  if (!isRevision(revision)) throw impossibleRow(field);
  return openEnvelope(key, { vaultId, dataSourceId, field, revision, endpointHash }, envelope);
}

/** A series of revisions begins below this, so that it can grow for as long as anybody saves. */
const firstRevisionLimit = 0x8000_0000;

/**
 * One more than before. A series begins at random, also after a revision that only an edited row can have: a secret that
 * was removed and saved again never has the revision of an older one, which could then be put back.
 */
export function nextRevision(previous: SealedSecret | null): number {
  const next = previous === null ? 0 : previous.revision + 1;
  return isRevision(next) ? next : randomInt(1, firstRevisionLimit);
}

export function impossibleRow(field: string) {
  return secretTampered(field, 'Its row in the data file contains invalid values.');
}

function isRevision(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= largestUint32;
}
