import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { z } from 'zod';
import { WireFailure } from '../failures/WireFailure.ts';

/** Older versions are broken, and every server of today has this one. */
const oldestTls = 'TLSv1.2';

const certificateBlocks = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Bundles in use at one time; each takes a few hundred kilobytes. */
const maxRemembered = 8;
/** By their PEM text, the last used at the end. */
const remembered = new Map<string, tls.SecureContext>();

/**
 * Trusts exactly these authorities. Remembered: to read a bundle of a hundred takes tens of milliseconds, and every
 * connection of a pool needs it.
 * @param caPem one certificate or a bundle, in PEM; text around the certificates is ignored
 * @throws WireFailure (authority-unreadable) that names the certificate which cannot be read
 */
export function authorityTrust(caPem: string): tls.SecureContext {
  const context = remembered.get(caPem) ?? readAuthorities(caPem);
  remembered.delete(caPem);
  remembered.set(caPem, context);
  const [oldest] = remembered.keys();
  if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  return context;
}

/** Node leaves out what it cannot read, and everything after it, without an error. So each certificate is read alone. */
function readAuthorities(caPem: string): tls.SecureContext {
  const certificates = caPem.match(certificateBlocks) ?? [];
  certificates.forEach((pem, index) => {
    try {
      new X509Certificate(pem);
    } catch {
      const which =
        certificates.length === 1
          ? 'The CA certificate'
          : `CA certificate ${index + 1} of ${certificates.length}`;
      throw new WireFailure('authority-unreadable', `${which} cannot be read.`);
    }
  });
  return tls.createSecureContext({ ca: certificates, minVersion: oldestTls });
}

const modernTls = z.object({
  getCACertificates: z.custom<(type: 'system') => string[]>((value) => typeof value === 'function'),
});

let systemContext: tls.SecureContext | null = null;

/**
 * Trusts the authorities of the operating system (a company's own among them) beside those that Node brings. Runtimes
 * that cannot ask the system (Node before 22.15) trust Node's own. Read once: parsing them takes tens of milliseconds.
 */
export function systemTrust(): tls.SecureContext {
  systemContext ??= tls.createSecureContext({ minVersion: oldestTls, ...systemAuthorities() });
  return systemContext;
}

function systemAuthorities(): { ca?: string[] } {
  const modern = modernTls.safeParse(tls);
  if (!modern.success) return {};
  const system = modern.data.getCACertificates('system');
  return system.length === 0 ? {} : { ca: [...new Set([...tls.rootCertificates, ...system])] };
}
