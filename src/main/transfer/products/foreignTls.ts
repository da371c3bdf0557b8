import {
  namesAuthority,
  readTlsFiles,
  type TlsFilesReading,
} from '../../../shared/connectionText/values/readTlsFiles.ts';

/** Files for TLS that a product names by their paths on its computer; empty where it names none. */
export interface ForeignTlsFiles {
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
}

const takenOver = 'Its certificates and keys are named by their paths: check them under Encryption.';
const noClientCertificate = 'Its client certificate was not taken over.';
/** The same words as where a text of a connection names one. */
export const noAuthority = 'Add the CA certificate under Encryption.';

/**
 * The files of a data source as fields of the form. None of them is read before a person tests or connects: each may be
 * any file of this computer.
 */
export function readForeignTls(
  { authority = '', certificate = '', key = '' }: ForeignTlsFiles,
  mode: string | undefined,
): Pick<TlsFilesReading, 'values' | 'notes'> {
  const paths = new Map<string, string>([
    ['authority', authority.trim()],
    ['clientCertificate', certificate.trim()],
    ['clientKey', key.trim()],
  ]);
  const given = (parameter: string) => paths.get(parameter) ?? '';
  const isChecked = mode === 'verify-ca' || mode === 'verify-full';
  const { values, unused } = readTlsFiles(given, isChecked);
  return {
    values,
    notes: [
      ...(unused.length > 0 ? [noClientCertificate] : []),
      ...(isChecked && namesAuthority(given) && values.caFile === undefined ? [noAuthority] : []),
      ...(Object.keys(values).length > 0 ? [takenOver] : []),
    ],
  };
}
