import {
  hopText,
  type NetworkKey,
  type NetworkType,
  networkOf,
} from '../../../shared/engines/networkForm.ts';
import { type HopSlot, hopSlots, type SshAuthMethod } from '../../../shared/model/sshHops.ts';
import type { ChoiceText, FieldText } from './EngineText.ts';

/** The words for tunnels and proxies, the same for every engine that is reached over a host and a port. */

type AuthKey = `sshAuth${HopSlot}`;
/** The fields that offer some options. */
export type NetworkOptions = { readonly network: NetworkType } & { readonly [Key in AuthKey]: SshAuthMethod };

type NetworkText = {
  readonly [Key in NetworkKey]: Key extends 'network'
    ? ChoiceText<NetworkType>
    : Key extends AuthKey
      ? ChoiceText<SshAuthMethod>
      : FieldText;
};

const auth: ChoiceText<SshAuthMethod> = {
  label: 'Authentication',
  help: null,
  options: {
    key: { label: 'Key file', help: null },
    agent: { label: 'SSH agent', help: 'The keys that the agent of this computer holds.' },
    password: { label: 'Password', help: null },
    interactive: {
      label: 'Questions of the server',
      help: 'Such as one-time codes. Mooring asks you when you connect by hand.',
    },
    config: {
      label: 'As in ~/.ssh/config',
      help: 'The host may be an alias. Port and user can stay empty; jumps (ProxyJump) are followed.',
    },
  },
};

const wordsOfHop = (slot: HopSlot): readonly (readonly [string, FieldText])[] => [
  [`sshHost${slot}`, { label: 'SSH host', help: null }],
  [`sshPort${slot}`, { label: 'SSH port', help: null, whenEmpty: '22' }],
  [`sshUser${slot}`, { label: 'SSH user', help: null }],
  [`sshAuth${slot}`, auth],
  [
    `sshKeyPath${slot}`,
    { label: 'Key file', help: 'OpenSSH, PEM or PuTTY (PPK 2 or 3).', whenEmpty: '~/.ssh/id_ed25519' },
  ],
  [`sshKeyPassphrase${slot}`, { label: 'Passphrase of the key', help: null }],
  [`sshPassword${slot}`, { label: 'SSH password', help: null }],
];

const straight = {
  network: {
    label: 'Connect through',
    help: null,
    options: {
      direct: { label: 'Nothing', help: 'Straight from this computer.' },
      ssh: {
        label: 'SSH tunnel',
        help: 'The last SSH server looks up the host of the database and connects to it.',
      },
      socks5: {
        label: 'SOCKS5 proxy',
        help: 'The proxy looks up the host of the database and connects to it.',
      },
      'http-connect': {
        label: 'HTTP proxy',
        help: 'The proxy must allow CONNECT to the port of the database.',
      },
    },
  },
  sshHops: { label: 'SSH servers', help: null },
  proxyHost: { label: 'Proxy host', help: null },
  proxyPort: { label: 'Proxy port', help: null },
  proxyUser: { label: 'Proxy user', help: null, whenEmpty: 'No log-in' },
  proxyPassword: { label: 'Proxy password', help: null },
} satisfies Partial<NetworkText>;

export const networkText = {
  ...straight,
  ...Object.fromEntries(hopSlots.flatMap(wordsOfHop)),
} as NetworkText;

/** The stages on the way to a server; the look-up and the connection themselves are the engine's. */
export function reachStages(
  values: Readonly<Record<NetworkKey, string>>,
  straightTo: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { network } = networkOf(values);
  if (network === undefined) return straightTo;
  if (network.type !== 'ssh') {
    return { dns: 'Look up the proxy', tcp: 'Reach the proxy', proxy: 'Ask the proxy for the way' };
  }
  const hops = network.hops.map((hop, index) => [`hop${index + 1}`, `SSH: ${hopText(hop)}`]);
  return { ...Object.fromEntries(hops), tcp: 'Open the channel' };
}
