import { createHash, createHmac, randomBytes } from 'node:crypto';
import { neverAborted } from '../base/abort.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { ServerSecrets } from '../embedded/login/serverPassword.ts';
import type { SecretRef } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';

/** They belong to no data source, as the demo server's passwords do. */
const owner = '00000000-0000-4000-8000-000000000000';

/**
 * Of the masks of pipelines; of the role of the queue's server; the key with which bundles of runs are sealed.
 */
const fields = ['pipeline-masks', 'queue-password', 'worker-key'] as const;
type PipelineSecret = (typeof fields)[number];

/** Each goes to one place only, whatever its port, or nowhere. */
const endpointOf = (field: PipelineSecret): Buffer =>
  createHash('sha256').update(`mooring-${field}`).digest();

/** What a secret of this kind is sealed for; null for any other. */
export function pipelineSecretEndpoint({ dataSourceId, field }: SecretRef): Buffer | null {
  const known = dataSourceId === owner ? fields.find((one) => one === field) : undefined;
  return known === undefined ? null : endpointOf(known);
}

/** Keeps one of them in the vault. */
export function pipelineSecretIn(vault: VaultManager, field: PipelineSecret): ServerSecrets {
  const ref: SecretRef = { dataSourceId: owner, field };
  return {
    read: () => vault.open(ref, endpointOf(field)),
    write: (value) => vault.seal(ref, value, endpointOf(field)),
  };
}

/**
 * The keys of the masks of pipelines, derived from a random one in the vault. It is no key of the vault itself, so that a
 * rotation changes no masked value.
 * @returns the key of a pipeline, 32 bytes; throws VAULT_…
 */
export function createMaskKeys(vault: VaultManager): (pipelineId: string) => Promise<Buffer> {
  const kept = pipelineSecretIn(vault, 'pipeline-masks');
  const secret = new SharedWork(async () => {
    const known = await kept.read();
    if (known !== null) return known;
    const made = randomBytes(32).toString('base64');
    await kept.write(made);
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
