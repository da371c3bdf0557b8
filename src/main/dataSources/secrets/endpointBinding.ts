import { createHash } from 'node:crypto';
import { authorityOf, type EndpointFields, endpointParts } from '../../../shared/model/endpoint.ts';
import { lengthPrefixed } from '../../base/canonicalBytes.ts';

/**
 * SHA-256 over everything that decides who receives a secret of this data source. A secret is sealed for this hash, so
 * that whoever edits the stored address, user or TLS settings gets no password sent to a place of his choice.
 */
export function endpointHash(fields: EndpointFields): Buffer {
  const caPem = authorityOf(fields);
  const authority = caPem === null ? '' : sha256(caPem);
  return sha256(lengthPrefixed(['mooring-endpoint-1', ...endpointParts(fields), authority]));
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}
