import type { TlsMode, TlsSettings } from '../model/tls.ts';
import { tlsModeForHost } from '../model/tlsDefault.ts';
import type { FormField, FormValues } from './form.ts';

/** The part of a form about TLS, the same for every engine that speaks it over a host and a port. */
export type TlsKey = 'host' | 'tlsMode' | 'caPem';

/** From the safest to the least safe. */
const tlsModes: readonly TlsMode[] = ['verify-full', 'verify-ca', 'encrypt', 'disable'];

/** The certificate authority counts only where a certificate is checked. */
const usesAuthority = (mode: string): boolean => mode === 'verify-ca' || mode === 'verify-full';

/** @param isShown whether the way to the server has TLS at all */
export function tlsFields<Key extends string>(
  isShown: (values: FormValues<Key | TlsKey>) => boolean = () => true,
): readonly FormField<Key | TlsKey>[] {
  return [
    {
      key: 'tlsMode',
      widget: { type: 'choice', options: tlsModes },
      path: 'tls.mode',
      columns: 12,
      isShown,
      suggest: ({ host }) => tlsModeForHost(host),
    },
    {
      key: 'caPem',
      widget: { type: 'authority' },
      path: 'tls.caPem',
      columns: 12,
      isShown: (values) => isShown(values) && usesAuthority(values.tlsMode),
    },
  ];
}

export const tlsValues = ({ mode, caPem }: TlsSettings) => ({ tlsMode: mode, caPem: caPem ?? '' });

export function tlsOf({ tlsMode, caPem }: FormValues<'tlsMode' | 'caPem'>): TlsSettings {
  const mode = tlsModes.find((known) => known === tlsMode) ?? 'verify-full';
  return { mode, caPem: usesAuthority(mode) && caPem.trim() !== '' ? caPem : null };
}
