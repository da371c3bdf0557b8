import * as tls from 'node:tls';
import { z } from 'zod';

/** Older versions are broken; PostgreSQL has had this one since 9.4. */
export const oldestTls = 'TLSv1.2';

const modernTls = z.object({
  getCACertificates: z.custom<(type: 'system') => string[]>((value) => typeof value === 'function'),
});

let remembered: tls.SecureContext | null = null;

/**
 * Trusts the authorities of the operating system (a company's own among them) beside those that Node brings. Runtimes
 * that cannot ask the system (Node before 22.15) trust Node's own. Read once: parsing them takes tens of milliseconds.
 */
export function systemTrust(): tls.SecureContext {
  remembered ??= tls.createSecureContext({ minVersion: oldestTls, ...systemAuthorities() });
  return remembered;
}

function systemAuthorities(): { ca?: string[] } {
  const modern = modernTls.safeParse(tls);
  if (!modern.success) return {};
  const system = modern.data.getCACertificates('system');
  return system.length === 0 ? {} : { ca: [...new Set([...tls.rootCertificates, ...system])] };
}
