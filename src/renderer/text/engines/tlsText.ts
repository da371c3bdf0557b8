import type { ClientCertificateType, TlsKey, TlsVersion } from '../../../shared/engines/tlsForm.ts';
import type { TlsMode } from '../../../shared/model/tls.ts';
import type { ChoiceText, FieldText } from './EngineText.ts';

/** The fields that offer some options. */
export interface TlsOptions {
  readonly tlsMode: TlsMode;
  readonly clientCertificate: ClientCertificateType;
  readonly tlsMinVersion: TlsVersion;
}

type TlsText = {
  readonly [Key in TlsKey]: Key extends keyof TlsOptions ? ChoiceText<TlsOptions[Key]> : FieldText;
};

const tlsMode: TlsText['tlsMode'] = {
  label: 'TLS mode',
  help: null,
  options: {
    'verify-full': {
      label: 'Encrypted, certificate and host name verified',
      help: 'The server must prove that it is the host you entered. Recommended for every server that is not on this computer.',
    },
    'verify-ca': {
      label: 'Encrypted, certificate verified',
      help: 'The certificate must be issued by one of the CAs below. The host name is not verified.',
    },
    encrypt: {
      label: 'Encrypted, server not verified',
      help: 'Traffic cannot be read in transit, but any server is trusted: an impostor would receive your password.',
    },
    prefer: {
      label: 'Encrypted if possible, server not verified',
      help: 'Risk: if the server does not agree to TLS, everything is sent unencrypted. Anyone on the network path can make it look like that. The test shows what was used.',
    },
    allow: {
      label: 'Encrypted only if the server insists',
      help: 'Risk: the connection begins unencrypted and usually stays so. Anyone on the network path can read the traffic. The test shows what was used.',
    },
    disable: {
      label: 'Not encrypted',
      help: 'Anyone on the network path can read the traffic. Use this only for servers on this computer.',
    },
  },
};

/** The words for TLS, the same for every engine that speaks it over a host and a port. */
export const tlsText: TlsText = {
  tlsMode,
  caPem: {
    label: 'CA certificates (PEM)',
    help: ({ tlsMode }) =>
      tlsMode === 'verify-ca'
        ? 'Paste the CA certificate, or select the file from your administrator.'
        : 'Leave empty to use the CA certificates that this computer trusts.',
    whenEmpty: '-----BEGIN CERTIFICATE-----',
  },
  caFile: {
    label: 'CA certificate file',
    help: 'Read at each connection, so that a renewed file is followed.',
    whenEmpty: '~/certificates/ca.pem',
  },
  clientCertificate: {
    label: 'Client certificate',
    help: null,
    options: {
      none: { label: 'None', help: 'Only needed if the server asks who this computer is.' },
      pem: {
        label: 'Certificate and key',
        help: 'Two files in PEM or DER. Read at each connection, never copied.',
      },
      pkcs12: { label: 'PKCS #12', help: 'One file (.p12, .pfx). Read at each connection, never copied.' },
    },
  },
  clientCertificatePath: {
    label: 'Certificate file',
    help: null,
    whenEmpty: '~/certificates/client.crt',
  },
  clientKeyPath: { label: 'Certificate key file', help: null, whenEmpty: '~/certificates/client.key' },
  clientKeyPassphrase: { label: 'Certificate passphrase', help: null },
  tlsMinVersion: {
    label: 'Minimum version',
    help: null,
    options: {
      '1.2': { label: 'TLS 1.2', help: null },
      '1.3': { label: 'TLS 1.3', help: null },
    },
  },
};
