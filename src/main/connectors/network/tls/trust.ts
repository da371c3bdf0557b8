import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { z } from 'zod';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import { WireFailure } from '../failures/WireFailure.ts';
import type { ClientIdentity } from './clientIdentity.ts';
import { tlsFileUnusable } from './tlsErrors.ts';

/** Older versions are broken, and every server of today has this one. */
const oldestTls = 'TLSv1.2';

const certificateBlocks = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Contexts in use at one time; each takes a few hundred kilobytes with a bundle. */
const maxRemembered = 8;
/** By what they are made of, the last used at the end. */
const remembered = new Map<string, tls.SecureContext>();

/** What a handshake goes by. */
export interface ContextParts {
  /** PEM of the authorities, a certificate or a bundle; text around them is ignored. Null: those of the system. */
  readonly authorities: string | null;
  /** Null: this computer does not say who it is. */
  readonly identity: ClientIdentity | null;
  readonly minVersion: TlsSettings['minVersion'];
}

/**
 * Trusts exactly these authorities. Remembered: to read a bundle of a hundred takes tens of milliseconds, and so does
 * opening an encrypted key; every connection of a pool needs both.
 * @throws WireFailure (authority-unreadable) that names the certificate which cannot be read; TLS_FILE_UNUSABLE
 */
export function secureContextOf(parts: ContextParts): tls.SecureContext {
  const { authorities, identity, minVersion } = parts;
  if (authorities === null && identity === null && minVersion === undefined) return systemTrust();
  const key = JSON.stringify([minVersion, identity?.digest, authorities]);
  const context = remembered.get(key) ?? createContext(parts);
  remembered.delete(key);
  remembered.set(key, context);
  const [oldest] = remembered.keys();
  if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  return context;
}

/** Trusts exactly these authorities. @throws WireFailure (authority-unreadable) */
export const authorityTrust = (caPem: string): tls.SecureContext =>
  secureContextOf({ authorities: caPem, identity: null, minVersion: undefined });

function createContext({ authorities, identity, minVersion }: ContextParts): tls.SecureContext {
  const options: tls.SecureContextOptions = {
    ...(authorities === null ? systemAuthorities() : { ca: readAuthorities(authorities) }),
    minVersion: minVersion === undefined ? oldestTls : 'TLSv1.3',
  };
  if (identity === null) return tls.createSecureContext(options);
  try {
    return tls.createSecureContext({ ...options, ...identity.material });
  } catch (cause) {
    throw identityUnusable(identity, cause);
  }
}

/** A PKCS #12 file is opened here; of PEM, certificate and key were opened before. */
const identityUnusable = ({ path }: ClientIdentity, cause: unknown) =>
  tlsFileUnusable(
    'client certificate',
    path,
    'It could not be opened with the passphrase.',
    'Enter the passphrase under Encryption again. A file with an old kind of encryption can be written again with openssl pkcs12 -legacy, then openssl pkcs12 -export.',
    cause,
  );

/** Node leaves out what it cannot read, and everything after it, without an error. So each certificate is read alone. */
function readAuthorities(caPem: string): string[] {
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
  return certificates;
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
