import type { TlsKey } from '../../engines/tlsForm.ts';
import { filePathSchema } from '../../model/filePath.ts';
import { newestTlsVersion } from '../../model/tlsModes.ts';
import type { Given, UnusedParameter } from '../vocabulary.ts';

/**
 * Files that a text names for TLS. Reading a text reads none of them: their paths go into the form, where a person sees
 * them before a test or a connect reads what is there.
 */

const clientParameters = ['clientCertificate', 'clientKey', 'clientIdentity', 'clientKeyPassword'] as const;
type FileParameter = (typeof clientParameters)[number] | 'authority' | 'authorityStore' | 'tlsVersions';
type GivenFiles = Given<FileParameter>;
type Unused = UnusedParameter<FileParameter>;

export interface TlsFilesReading {
  /** Of fields of the form; only those that the text names. */
  readonly values: Partial<Record<TlsKey, string>>;
  /** Of the key; empty when there is none. */
  readonly passphrase: string;
  readonly unused: readonly Unused[];
  readonly notes: readonly string[];
}

const filledIn =
  'The paths of certificates and keys are filled in under Encryption. Nothing was read: check them first, they are read when you test or connect.';
const addAuthority =
  'Choose the CA certificate file under Encryption: the place in the text is not one that Mooring reads.';
const elsewhere = 'only files of this computer in PEM, DER or PKCS #12 are taken, by their full path';

const pathSchema = filePathSchema('File');
/** Key stores of Java; and for an authority, the formats that have keys. */
const keyStore = /\.(?:jks|jceks|bcfks|keystore|truststore)$/i;
const withKeys = /\.(?:p12|pfx)$/i;

/** A path that is surely of this computer: to read one of another (`\\server\share`) would log in there. */
function localPath(text: string): string | null {
  const isLocal = pathSchema.safeParse(text).success && !/^[/\\]{2}/.test(text) && !keyStore.test(text);
  return isLocal ? text : null;
}

/** What a text names as the file of the authority; empty when it names none. Prisma has another word for it. */
const authorityIn = (given: GivenFiles): string =>
  given('authority') ||
  (given('clientIdentity') !== '' && given('clientKey') === '' ? given('clientCertificate') : '');

/** Whether the text names an authority that is not the system's. */
export const namesAuthority = (given: GivenFiles): boolean =>
  given('authorityStore') !== '' || (authorityIn(given) !== '' && !isSystem(authorityIn(given)));

export const isSystem = (authority: string): boolean => authority.toLowerCase() === 'system';

export const namesClient = (given: GivenFiles): boolean =>
  given('clientIdentity') !== '' || given('clientCertificate') !== '' || given('clientKey') !== '';

/** @param isChecked whether the server's certificate is */
export function readTlsFiles(given: GivenFiles, isChecked: boolean): TlsFilesReading {
  const named = namesAuthority(given) && isChecked;
  const path = withKeys.test(authorityIn(given)) ? null : localPath(authorityIn(given));
  const caFile = named && path !== null ? path : '';
  const client = clientIn(given);
  const version = versionIn(given('tlsVersions'));
  const isFilledIn = caFile !== '' || client.values !== null;
  return {
    values: {
      ...(caFile !== '' && { caFile }),
      ...client.values,
      ...(version.newestOnly && { tlsMinVersion: newestTlsVersion }),
    },
    passphrase: client.values === null ? '' : given('clientKeyPassword'),
    unused: [...client.unused, ...version.unused],
    notes: [...(isFilledIn ? [filledIn] : []), ...(named && caFile === '' ? [addAuthority] : [])],
  };
}

interface ClientReading {
  /** Null when the text names no certificate that can be used. */
  readonly values: Partial<Record<TlsKey, string>> | null;
  readonly unused: readonly Unused[];
}

function clientIn(given: GivenFiles): ClientReading {
  if (!namesClient(given)) return { values: null, unused: [] };
  const [certificate, key] = [given('clientCertificate'), given('clientKey')];
  // Libraries take a PKCS #12 file in the place of either.
  const pkcs12 = given('clientIdentity') || [key, certificate].find((path) => withKeys.test(path));
  if (pkcs12 !== undefined && pkcs12 !== '') {
    const path = localPath(pkcs12);
    if (path === null) return unusedClient(given, elsewhere);
    return { values: { clientCertificate: 'pkcs12', clientCertificatePath: path }, unused: [] };
  }
  if (certificate === '' || key === '') {
    return unusedClient(given, 'a certificate is of use with its key alone');
  }
  const [clientCertificatePath, clientKeyPath] = [localPath(certificate), localPath(key)];
  return clientCertificatePath === null || clientKeyPath === null
    ? unusedClient(given, elsewhere)
    : { values: { clientCertificate: 'pem', clientCertificatePath, clientKeyPath }, unused: [] };
}

const unusedClient = (given: GivenFiles, reason: string): ClientReading => ({
  values: null,
  unused: clientParameters.flatMap((parameter) => (given(parameter) === '' ? [] : [{ parameter, reason }])),
});

/** The names of versions, alone or in a list: `TLSv1.3`, `TLSv1.2,TLSv1.3`, `Tls13`, `TLS 1.2`. */
function versionIn(text: string): { readonly newestOnly: boolean; readonly unused: readonly Unused[] } {
  if (text === '') return { newestOnly: false, unused: [] };
  const minors = [...text.matchAll(/tls\s*v?\s*1(?:[._]?([0-3]))?(?![\d.])/gi)].map(([, minor]) =>
    Number(minor ?? 0),
  );
  const oldest = Math.min(...minors);
  if (minors.length > 0 && oldest >= 2) return { newestOnly: oldest === 3, unused: [] };
  return {
    newestOnly: false,
    unused: [{ parameter: 'tlsVersions', reason: 'TLS 1.2 is the oldest version that Mooring speaks' }],
  };
}
