import type { NetworkSettings, ProxyNetwork, SshHop } from '../model/network.ts';
import {
  type HopSecretField,
  type HopSlot,
  hopSecretsOf,
  hopSlots,
  type SshAuthMethod,
  sshAuthMethods,
} from '../model/sshHops.ts';
import { trimmedText } from '../model/visibleText.ts';
import { type FormField, type FormSection, type FormValues, numberOf } from './form.ts';
import { hostAndPort } from './hostText.ts';

/** The part of a form about tunnels and proxies, the same for every engine that is reached over a host and a port. */

/** How the server is reached: straight, or by `type` of the model. */
export const networkTypes = ['direct', 'ssh', 'socks5', 'http-connect'] as const;
export type NetworkType = (typeof networkTypes)[number];

type HopPart = 'Host' | 'Port' | 'User' | 'Auth' | 'KeyPath';
type HopKey = `ssh${HopPart}${HopSlot}` | HopSecretField;
type ProxyKey = 'proxyHost' | 'proxyPort' | 'proxyUser' | 'proxyPassword';
/** `sshHops` holds the slots of the hops in their order, such as `BA`. */
export type NetworkKey = 'network' | 'sshHops' | HopKey | ProxyKey;

/** The hops of the form in their order. */
export const slotsOf = ({ sshHops }: FormValues<'sshHops'>): HopSlot[] =>
  [...sshHops].flatMap((letter) => hopSlots.find((slot) => slot === letter) ?? []);

const overSsh = ({ network }: FormValues<'network'>) => network === 'ssh';
const overProxy = ({ network }: FormValues<'network'>) => network === 'socks5' || network === 'http-connect';

const authOf = (values: FormValues<NetworkKey>, slot: HopSlot): SshAuthMethod =>
  sshAuthMethods.find((method) => method === values[`sshAuth${slot}`]) ?? 'key';

function hopFields<Key extends string>(
  slot: HopSlot,
  isOffered: (values: FormValues<Key | NetworkKey>) => boolean,
): readonly FormField<Key | NetworkKey>[] {
  const isUsed = (values: FormValues<Key | NetworkKey>) =>
    isOffered(values) && overSsh(values) && slotsOf(values).includes(slot);
  const withAuth =
    (...methods: readonly SshAuthMethod[]) =>
    (values: FormValues<Key | NetworkKey>) =>
      isUsed(values) && methods.includes(authOf(values, slot));
  const pathOf = (part: keyof SshHop) => (values: FormValues<Key | NetworkKey>) =>
    `network.hops.${slotsOf(values).indexOf(slot)}.${part}`;
  const { password, passphrase } = hopSecretsOf(slot);
  const within = 'sshHops' as const;
  const text = { type: 'text' } as const;
  return [
    {
      ...{ key: `sshHost${slot}`, widget: text, path: pathOf('host'), columns: 6, within },
      ...{ isRequired: true, isShown: isUsed },
    },
    {
      ...{ key: `sshPort${slot}`, widget: { type: 'number' }, path: pathOf('port'), columns: 2, within },
      isShown: isUsed,
    },
    {
      ...{ key: `sshUser${slot}`, widget: text, path: pathOf('user'), columns: 4, within, isShown: isUsed },
      // `~/.ssh/config` may name one, and else it is the user of this computer.
      isRequired: (values) => authOf(values, slot) !== 'config',
    },
    {
      ...{ key: `sshAuth${slot}`, widget: { type: 'choice', options: sshAuthMethods }, path: pathOf('auth') },
      ...{ within, isShown: isUsed },
    },
    {
      ...{ key: `sshKeyPath${slot}`, widget: { type: 'file' }, path: pathOf('keyPath'), within },
      ...{ isRequired: true, isShown: withAuth('key') },
    },
    {
      ...{ key: passphrase, widget: { type: 'secret' }, path: passphrase, within },
      isShown: withAuth('key', 'config'),
    },
    {
      ...{ key: password, widget: { type: 'secret' }, path: password, within },
      isShown: withAuth('password', 'config'),
    },
  ];
}

/** @param isOffered whether the way to the server can have a tunnel at all */
export function networkSection<Key extends string>(
  isOffered: (values: FormValues<Key | NetworkKey>) => boolean = () => true,
): FormSection<Key | NetworkKey> {
  const ofProxy = (values: FormValues<Key | NetworkKey>) => isOffered(values) && overProxy(values);
  const text = { type: 'text' } as const;
  return {
    key: 'network',
    fields: [
      {
        ...{ key: 'network', widget: { type: 'choice', options: networkTypes }, path: 'network.type' },
        isShown: isOffered,
      },
      {
        ...{ key: 'proxyHost', widget: text, path: 'network.host', columns: 6 },
        ...{ isRequired: true, isShown: ofProxy },
      },
      {
        ...{ key: 'proxyPort', widget: { type: 'number' }, path: 'network.port', columns: 2 },
        ...{ isRequired: true, isShown: ofProxy },
      },
      { key: 'proxyUser', widget: text, path: 'network.user', columns: 4, isShown: ofProxy },
      { key: 'proxyPassword', widget: { type: 'secret' }, path: 'proxyPassword', isShown: ofProxy },
      {
        ...{ key: 'sshHops', widget: { type: 'hops' }, path: 'network.hops', columns: 12 },
        isShown: (values) => isOffered(values) && overSsh(values),
      },
      ...hopSlots.flatMap((slot) => hopFields<Key>(slot, isOffered)),
    ],
  };
}

const hopParts: readonly HopPart[] = ['Host', 'Port', 'User', 'Auth', 'KeyPath'];

/** What the fields hold of a way straight to the server; the secret ones are always empty. */
const newValues = Object.fromEntries([
  ...hopSlots.flatMap((slot) => [
    ...hopParts.map((part) => [`ssh${part}${slot}`, part === 'Auth' ? 'key' : '']),
    ...Object.values(hopSecretsOf(slot)).map((field) => [field, '']),
  ]),
  ...[
    ['network', 'direct'],
    ['sshHops', hopSlots[0]],
    ['proxyHost', ''],
    ['proxyPort', ''],
  ],
  ...[
    ['proxyUser', ''],
    ['proxyPassword', ''],
  ],
]) as FormValues<NetworkKey>;

/** What the fields show of a way. */
export function networkValues(network: NetworkSettings | undefined): FormValues<NetworkKey> {
  if (network === undefined) return newValues;
  if (network.type !== 'ssh') {
    const { type, host, port, user } = network;
    return { ...newValues, network: type, proxyHost: host, proxyPort: String(port), proxyUser: user ?? '' };
  }
  const sshHops = network.hops.map(({ slot }) => slot).join('');
  return { ...newValues, network: 'ssh', sshHops, ...Object.assign({}, ...network.hops.map(valuesOfHop)) };
}

const valuesOfHop = ({ slot, host, port, user, auth, keyPath }: SshHop): Record<string, string> => ({
  [`sshHost${slot}`]: host,
  [`sshPort${slot}`]: port === null ? '' : String(port),
  [`sshUser${slot}`]: user ?? '',
  [`sshAuth${slot}`]: auth,
  [`sshKeyPath${slot}`]: keyPath ?? '',
});

const orNull = (text: string): string | null => (trimmedText(text) === '' ? null : trimmedText(text));

/** The way that the fields make, as a part of a configuration; nothing for one straight to the server. Not checked yet. */
export function networkOf(values: FormValues<NetworkKey>): { readonly network?: NetworkSettings } {
  const { network } = values;
  if (network === 'ssh') {
    return { network: { type: 'ssh', hops: slotsOf(values).map((slot) => hopOf(values, slot)) } };
  }
  if (network !== 'socks5' && network !== 'http-connect') return {};
  const host = trimmedText(values.proxyHost);
  return {
    network: { type: network, host, port: numberOf(values.proxyPort), user: orNull(values.proxyUser) },
  };
}

function hopOf(values: FormValues<NetworkKey>, slot: HopSlot): SshHop {
  const auth = authOf(values, slot);
  const port = trimmedText(values[`sshPort${slot}`]);
  return {
    slot,
    host: trimmedText(values[`sshHost${slot}`]),
    port: port === '' ? null : numberOf(port),
    user: orNull(values[`sshUser${slot}`]),
    auth,
    keyPath: auth === 'key' ? orNull(values[`sshKeyPath${slot}`]) : null,
  };
}

/** A hop as people write it: `ann@bastion:22`. */
export function hopText({ host, port, user }: SshHop): string {
  const place = port === null ? host : hostAndPort(host, port);
  return user === null ? place : `${user}@${place}`;
}

const proxyText = ({ host, port, user }: ProxyNetwork): string =>
  `${user === null ? '' : `${user}@`}${hostAndPort(host, port)}`;

const proxyLabels: Readonly<Record<ProxyNetwork['type'], string>> = {
  socks5: 'SOCKS5 proxy',
  'http-connect': 'HTTP proxy',
};

/**
 * What a way adds to the names of an endpoint: whoever changes it sends the secrets through somebody else's hands. A way
 * straight to the server adds nothing, so that what was sealed before there were tunnels still opens.
 */
export function networkNames(
  network: NetworkSettings | undefined,
): readonly { label: string; value: string }[] {
  if (network === undefined) return [];
  if (network.type !== 'ssh') return [{ label: proxyLabels[network.type], value: proxyText(network) }];
  return [{ label: 'SSH tunnel', value: network.hops.map(hopText).join(' → ') }];
}
