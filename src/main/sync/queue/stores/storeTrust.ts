import type { SecureContext } from 'node:tls';
import type { QueueTls } from '../../../../shared/model/queueSettings.ts';
import { AppError } from '../../../base/AppError.ts';
import { authorityTrust, systemTrust } from '../../../connectors/network/tls/trust.ts';

/** How TLS to a store is verified; as Node's `tls.connect` takes it. @throws QUEUE_UNAVAILABLE */
export function verifiedTls({ caPem }: Extract<QueueTls, { mode: 'verified' }>): {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: true;
} {
  try {
    const secureContext = caPem === null ? systemTrust() : authorityTrust(caPem);
    return { secureContext, rejectUnauthorized: true };
  } catch (error) {
    throw new AppError('QUEUE_UNAVAILABLE', {
      title: 'The certificate authority of the queue cannot be read',
      fixes: ['Choose the file again in the settings of pipelines.'],
      cause: error,
    });
  }
}
