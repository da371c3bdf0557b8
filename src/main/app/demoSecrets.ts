import { createHash } from 'node:crypto';
import type { ServerSecrets } from '../embedded/login/serverPassword.ts';
import type { SecretRef } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';

/** The demo server belongs to no data source: it has an id of its own, which no data source can get. */
const demoRef: SecretRef = { dataSourceId: '00000000-0000-4000-8000-000000000000', field: 'demo-passwords' };

/** Its endpoint is always this app's own server, whatever the port. */
export const demoEndpoint = createHash('sha256').update('mooring-demo-server').digest();

export function isDemoRef({ dataSourceId, field }: SecretRef): boolean {
  return dataSourceId === demoRef.dataSourceId && field === demoRef.field;
}

/** Keeps the demo server's passwords in the vault. */
export function createDemoSecrets(vault: VaultManager): ServerSecrets {
  return {
    read: () => vault.open(demoRef, demoEndpoint),
    write: (value) => vault.seal(demoRef, value, demoEndpoint),
  };
}
