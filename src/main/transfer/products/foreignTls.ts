/** Files for TLS that a product names by their paths on its computer; empty where it names none. */
export interface ForeignTlsFiles {
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
}

const noClientCertificate = 'Its client certificate was not taken over.';
/** The same words as where a text of a connection names one. */
const noAuthority = 'Add the CA certificate under Encryption.';

const isNamed = (path: string | undefined): boolean => path !== undefined && path.trim() !== '';

/** What is said of the files of a data source. None of them is read: each may be any file of this computer. */
export const notesOnTlsFiles = ({ authority, certificate, key }: ForeignTlsFiles): readonly string[] => [
  ...(isNamed(certificate) || isNamed(key) ? [noClientCertificate] : []),
  ...(isNamed(authority) ? [noAuthority] : []),
];
