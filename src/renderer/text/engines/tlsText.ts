import type { TlsMode } from '../../../shared/model/tls.ts';
import type { ChoiceText, FieldText } from './EngineText.ts';

/** The words for TLS, the same for every engine that speaks it over a host and a port. */
export const tlsText: { readonly tlsMode: ChoiceText<TlsMode>; readonly caPem: FieldText } = {
  tlsMode: {
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
      disable: {
        label: 'Not encrypted',
        help: 'Anyone on the network path can read the traffic. Use this only for servers on this computer.',
      },
    },
  },
  caPem: {
    label: 'CA certificates (PEM)',
    help: ({ tlsMode }) =>
      tlsMode === 'verify-ca'
        ? 'Paste the CA certificate, or select the file from your administrator.'
        : 'Leave empty to use the CA certificates that this computer trusts.',
    whenEmpty: '-----BEGIN CERTIFICATE-----',
  },
};
