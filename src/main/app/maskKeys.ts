import { createHmac, randomBytes } from 'node:crypto';
import { neverAborted } from '../base/abort.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import { ownSecretIn } from './ownSecrets.ts';

/**
 * The keys of the masks of pipelines, derived from a random one in the vault. It is no key of the vault itself, so that a
 * rotation changes no masked value.
 * @returns the key of a pipeline, 32 bytes; throws VAULT_…
 */
export function createMaskKeys(vault: VaultManager): (pipelineId: string) => Promise<Buffer> {
  const kept = ownSecretIn(vault, 'pipeline-masks');
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
