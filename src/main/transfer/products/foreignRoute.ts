import type { SecretFieldName } from '../../../shared/model/dataSource.ts';
import { type NetworkSettings, networkSchema, type SshHop } from '../../../shared/model/network.ts';
import { type HopSlot, hopSecretsOf, hopSlots } from '../../../shared/model/sshHops.ts';
import { trimmedText } from '../../../shared/model/visibleText.ts';

/** An SSH server on the way, as another product has it. Each value comes from a stranger. */
export interface ForeignHop {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** `config`: in whatever way `ssh` itself would. */
  readonly auth: 'password' | 'key' | 'agent' | 'config';
  readonly keyPath?: string;
  /** The password, or the passphrase of the key; only where the product's own format gives it. */
  readonly secret?: string | null;
}

/** The way to a server, as another product has it. */
export type ForeignRoute =
  | { readonly type: 'ssh'; readonly hops: readonly ForeignHop[] }
  | {
      readonly type: 'socks5';
      readonly host: string;
      readonly port: string;
      readonly user: string;
      readonly password: string | null;
    };

export interface RouteReading {
  /** Undefined when it cannot be carried over; the notes say so then. */
  readonly network: NetworkSettings | undefined;
  readonly secrets: ReadonlyMap<SecretFieldName, string>;
  readonly notes: readonly string[];
}

/** The way of another product as one of ours, checked as one that a person typed. */
export function readRoute(route: ForeignRoute): RouteReading {
  const { network, secrets, notes } = route.type === 'ssh' ? tunnelOf(route.hops) : proxyOf(route);
  const checked = networkSchema.safeParse(network);
  if (checked.success) return { network: checked.data, secrets, notes };
  const [issue] = checked.error.issues;
  const what = route.type === 'ssh' ? 'SSH tunnel' : 'proxy';
  const problem = `Its ${what} was not taken over: enter it under Network. ${issue?.message ?? ''}.`;
  return { network: undefined, secrets: new Map(), notes: [problem] };
}

type Draft = Pick<RouteReading, 'secrets' | 'notes'> & { readonly network: NetworkSettings };

function tunnelOf(hops: readonly ForeignHop[]): Draft {
  const read = hops.map((hop, index) => hopOf(hop, hopSlots[index] ?? 'A'));
  return {
    network: { type: 'ssh', hops: read.map(({ hop }) => hop) },
    secrets: new Map(read.flatMap(({ secrets }) => secrets)),
    notes: [...new Set(read.flatMap(({ note }) => note ?? []))],
  };
}

interface HopReading {
  readonly hop: SshHop;
  readonly secrets: readonly (readonly [SecretFieldName, string])[];
  readonly note: string | null;
}

/** JetBrains write the home folder like this. */
const homeMacro = /^\$USER_HOME\$(?=[/\\])/;
const wholePath = /^(?:~[/\\]|\/|[A-Za-z]:[/\\]|\\\\)/;

function hopOf(given: ForeignHop, slot: HopSlot): HopReading {
  const path = trimmedText(given.keyPath ?? '').replace(homeMacro, '~');
  const hasKey = given.auth === 'key' && wholePath.test(path);
  // Without its file a key may still be the usual one of this computer.
  const auth = given.auth === 'key' && !hasKey ? 'config' : given.auth;
  const { host, port, user, secret = null } = given;
  const hop = {
    ...{ slot, host: trimmedText(host), port: port === '' ? null : Number(port) },
    ...{ user: trimmedText(user) || null, auth, keyPath: hasKey ? path : null },
  };
  const { password, passphrase } = hopSecretsOf(slot);
  const field = given.auth === 'password' ? password : passphrase;
  return {
    hop,
    secrets: secret === null || secret === '' ? [] : [[field, secret]],
    note: noteOf(given, hop),
  };
}

function noteOf({ auth, secret = null }: ForeignHop, hop: SshHop): string | null {
  if (auth === 'password' && (secret === null || secret === ''))
    return 'Enter the password of its SSH server under Network.';
  return auth === 'key' && hop.keyPath === null
    ? 'Choose the key file of its SSH server under Network.'
    : null;
}

function proxyOf({ type, host, port, user, password }: Extract<ForeignRoute, { type: 'socks5' }>): Draft {
  return {
    network: { type, host: trimmedText(host), port: Number(port), user: trimmedText(user) || null },
    secrets: new Map(password === null || password === '' ? [] : [['proxyPassword', password]]),
    notes: [],
  };
}
