import type { SecretRef } from './SecretRepository.ts';

/** Which secret, as a key of a map; no two secrets have the same. */
export function refKey({ dataSourceId, field }: SecretRef): string {
  return `${dataSourceId.length} ${dataSourceId} ${field}`;
}
