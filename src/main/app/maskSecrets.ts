import { createHash, createHmac, randomBytes } from 'node:crypto';
import { neverAborted } from '../base/abort.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { SecretRef } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';

/** Belongs to no data source, as the demo server's passwords do. */
const maskRef: SecretRef = { dataSourceId: '00000000-0000-4000-8000-000000000000', field: 'pipeline-masks' };

/** It is sent nowhere. */
export const maskEndpoint = createHash('sha256').update('mooring-pipeline-masks').digest();

export function isMaskRef({ dataSourceId, field }: SecretRef): boolean {
  return dataSourceId === maskRef.dataSourceId && field === maskRef.field;
}

/**
 * The keys of the masks of pipelines, derived from a random one in the vault. It is no key of the vault itself, so that a
 * rotation changes no masked value.
 * @returns the key of a pipeline, 32 bytes; throws VAULT_…
 */
export function createMaskKeys(vault: VaultManager): (pipelineId: string) => Promise<Buffer> {
  const secret = new SharedWork(async () => {
    const kept = await vault.open(maskRef, maskEndpoint);
    if (kept !== null) return kept;
    const made = randomBytes(32).toString('base64');
    await vault.seal(maskRef, made, maskEndpoint);
    return made;
  });
  return async (pipelineId) => {
    const key = Buffer.from(await secret.join(neverAborted), 'base64');
    try {
      return createHmac('sha256', key).update(pipelineId).digest();
    } finally {
      key.fill(0);
    }
  };
}
