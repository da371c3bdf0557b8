import type { ClientCertificate, TlsSettings } from '../model/tls.ts';
import { tlsModeForHost } from '../model/tlsDefault.ts';
import { newestTlsVersion, type TlsMode, type TlsSecretField } from '../model/tlsModes.ts';
import { trimmedText } from '../model/visibleText.ts';
import type { FormField, FormValues } from './form.ts';

/** The part of a form about TLS, the same for every engine that speaks it over a host and a port. */
export type TlsKey =
  | 'tlsMode'
  | 'caPem'
  | 'caFile'
  | 'clientCertificate'
  | 'clientCertificatePath'
  | 'clientKeyPath'
  | TlsSecretField
  | 'tlsMinVersion';

/** The modes of engines that never fall back to plain text, from the safest to the least safe. */
const strictModes: readonly TlsMode[] = ['verify-full', 'verify-ca', 'encrypt', 'disable'];

const allModes: readonly TlsMode[] = ['verify-full', 'verify-ca', 'encrypt', 'prefer', 'allow', 'disable'];

/** Where this computer's own certificate is. */
export const clientCertificateTypes = ['none', 'pem', 'pkcs12'] as const;
export type ClientCertificateType = (typeof clientCertificateTypes)[number];

export const tlsVersions = ['1.2', newestTlsVersion] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** The certificate authority counts only where a certificate is checked. */
const usesAuthority = (mode: string): boolean => mode === 'verify-ca' || mode === 'verify-full';

export interface TlsFieldOptions<Key extends string> {
  /** Those of the engine, from the safest to the least safe. */
  readonly modes?: readonly TlsMode[];
  /** Whether the way to the server has TLS at all; absent: always. */
  readonly isShown?: (values: FormValues<Key | TlsKey | 'host'>) => boolean;
}

export function tlsFields<Key extends string>({
  modes = strictModes,
  isShown = () => true,
}: TlsFieldOptions<Key> = {}): readonly FormField<Key | TlsKey | 'host'>[] {
  type Values = FormValues<Key | TlsKey | 'host'>;
  const isChecked = (values: Values) => isShown(values) && usesAuthority(values.tlsMode);
  return [
    {
      ...{ key: 'tlsMode', widget: { type: 'choice', options: modes }, path: 'tls.mode', columns: 12 },
      ...{ isShown, suggest: ({ host }) => tlsModeForHost(host) },
    },
    {
      ...{ key: 'caPem', widget: { type: 'authority', file: 'caFile' }, path: 'tls.caPem', columns: 12 },
      isShown: isChecked,
    },
    {
      ...{ key: 'caFile', widget: { type: 'file' }, path: 'tls.caFile', columns: 12, within: 'caPem' },
      isShown: isChecked,
    },
    ...clientFields<Key>((values) => isShown(values) && values.tlsMode !== 'disable'),
  ];
}

/** @param isUsed whether there may be TLS */
function clientFields<Key extends string>(
  isUsed: (values: FormValues<Key | TlsKey | 'host'>) => boolean,
): readonly FormField<Key | TlsKey | 'host'>[] {
  const withType =
    (...types: readonly ClientCertificateType[]) =>
    (values: FormValues<Key | TlsKey | 'host'>) =>
      isUsed(values) && types.some((type) => type === values.clientCertificate);
  const file = { widget: { type: 'file' }, isRequired: true, isAdvanced: true } as const;
  return [
    {
      key: 'clientCertificate',
      widget: { type: 'choice', options: clientCertificateTypes },
      ...{ path: 'tls.client.type', columns: 12, isAdvanced: true, isShown: isUsed },
    },
    {
      ...{ key: 'clientCertificatePath', ...file },
      path: ({ clientCertificate }) =>
        clientCertificate === 'pkcs12' ? 'tls.client.path' : 'tls.client.certificatePath',
      isShown: withType('pem', 'pkcs12'),
    },
    { key: 'clientKeyPath', ...file, path: 'tls.client.keyPath', isShown: withType('pem') },
    {
      ...{ key: 'clientKeyPassphrase', widget: { type: 'secret' }, path: 'clientKeyPassphrase' },
      ...{ isAdvanced: true, isShown: withType('pem', 'pkcs12') },
    },
    {
      ...{ key: 'tlsMinVersion', widget: { type: 'choice', options: tlsVersions }, path: 'tls.minVersion' },
      ...{ isAdvanced: true, isShown: isUsed },
    },
  ];
}

/** What the fields hold of a new data source, but for the mode. */
export const newTlsValues = {
  caPem: '',
  caFile: '',
  clientCertificate: 'none',
  clientCertificatePath: '',
  clientKeyPath: '',
  clientKeyPassphrase: '',
  tlsMinVersion: '1.2',
} satisfies Omit<FormValues<TlsKey>, 'tlsMode'>;

export const tlsValues = ({ mode, caPem, caFile, client, minVersion }: TlsSettings): FormValues<TlsKey> => ({
  ...newTlsValues,
  tlsMode: mode,
  caPem: caPem ?? '',
  caFile: caFile ?? '',
  ...(client !== undefined && {
    clientCertificate: client.type,
    clientCertificatePath: client.type === 'pem' ? client.certificatePath : client.path,
    clientKeyPath: client.type === 'pem' ? client.keyPath : '',
  }),
  tlsMinVersion: minVersion ?? '1.2',
});

/** The settings that the fields make; not checked yet. What is not shown does not count. */
export function tlsOf(values: FormValues<TlsKey>): TlsSettings {
  const mode = allModes.find((known) => known === values.tlsMode) ?? 'verify-full';
  const authority = usesAuthority(mode) ? authorityOf(values) : { caPem: null };
  if (mode === 'disable') return { mode, ...authority };
  const client = clientOf(values);
  return {
    mode,
    ...authority,
    ...(client !== null && { client }),
    ...(values.tlsMinVersion === newestTlsVersion && { minVersion: newestTlsVersion }),
  };
}

function authorityOf({ caPem, caFile }: FormValues<TlsKey>): Pick<TlsSettings, 'caPem' | 'caFile'> {
  const path = trimmedText(caFile);
  if (path !== '') return { caPem: null, caFile: path };
  return { caPem: caPem.trim() === '' ? null : caPem };
}

function clientOf(values: FormValues<TlsKey>): ClientCertificate | null {
  const path = trimmedText(values.clientCertificatePath);
  switch (values.clientCertificate) {
    case 'pem':
      return { type: 'pem', certificatePath: path, keyPath: trimmedText(values.clientKeyPath) };
    case 'pkcs12':
      return { type: 'pkcs12', path };
    default:
      return null;
  }
}
