import type { SecretRef } from './SecretRepository.ts';

/** Knows for which endpoint each stored secret is sealed; implemented where data sources are known. */
export interface EndpointHashes {
  /** See endpointBinding.ts. Null when there is nothing any more that the secret belongs to. */
  hashFor(ref: SecretRef): Buffer | null;
}
