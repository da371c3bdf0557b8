import type { ForeignHop, ForeignRoute } from './foreignRoute.ts';
import type { ForeignTlsFiles } from './foreignTls.ts';
import { type Fields, isOn, partOf, textOf } from './foreignValues.ts';

/** What a connection of DBeaver has beside its address: tunnel, proxy and TLS, each a “network handler”. */

/** A handler that is switched on. */
export interface Handler {
  readonly properties: Fields;
  /** `user`, `password`, and further secrets by the names of their properties. */
  readonly credentials: Fields;
}

/** Handlers of a connection or of the network profile that it names. @returns null for one that is not switched on */
type HandlerOf = (id: string) => Handler | null;

/** SSHConstants.MAX_JUMP_SERVERS. */
const maxJumps = 5;

/**
 * @param profiles `network-profiles` of the workspace
 * @param credentials of the whole workspace
 */
export function handlersOf(
  id: string,
  configuration: Fields,
  profiles: Fields,
  credentials: Fields,
): HandlerOf {
  const profile = textOf(configuration, 'config-profile');
  return (name) => {
    const own = partOf(partOf(configuration, 'handlers'), name);
    const shared = partOf(partOf(partOf(profiles, profile), 'handlers'), name);
    const ofConnection = partOf(partOf(credentials, id), `network/${name}`);
    const ofProfile = partOf(partOf(credentials, `profile:${profile}`), `network/${name}/profile/${profile}`);
    // With a profile, the connection's own says no more than that it is there.
    if (profile !== '' && isOn(shared, 'enabled')) return handlerIn(shared, ofProfile);
    return isOn(own, 'enabled') ? handlerIn(own, ofConnection) : null;
  };
}

/** DBeaver keeps secrets in a file of their own; its server and old versions, beside the properties. */
const handlerIn = (handler: Fields, stored: Fields): Handler => ({
  properties: partOf(handler, 'properties'),
  credentials: new Map([...stored, ...partOf(handler, 'credentials'), ...ownLoginOf(handler)]),
});

const ownLoginOf = (handler: Fields): Fields =>
  new Map([...handler].filter(([key]) => key === 'user' || key === 'password'));

/** Undefined for a connection that goes straight to its server. */
export function routeOf(handlerOf: HandlerOf): ForeignRoute | undefined {
  const tunnel = handlerOf('ssh_tunnel');
  if (tunnel !== null) return { type: 'ssh', hops: [...jumpsOf(tunnel), targetOf(tunnel)] };
  const proxy = handlerOf('socks_proxy');
  if (proxy === null) return undefined;
  const { properties, credentials } = proxy;
  return {
    ...{ type: 'socks5', host: textOf(properties, 'socks-host') },
    port: textOf(properties, 'socks-port') || '1080',
    ...{ user: textOf(credentials, 'user'), password: textOf(credentials, 'password') || null },
  };
}

/** The jumps come first, up to the first that is not switched on. */
function jumpsOf({ properties, credentials }: Handler): readonly ForeignHop[] {
  const prefixes = Array.from({ length: maxJumps }, (_, index) => `jumpServer${index}.`);
  const end = prefixes.findIndex((prefix) => !isOn(properties, `${prefix}enabled`));
  return prefixes
    .slice(0, end < 0 ? maxJumps : end)
    .map((prefix) =>
      hopOf(
        properties,
        prefix,
        textOf(properties, `${prefix}name`),
        textOf(credentials, `${prefix}password`),
      ),
    );
}

const targetOf = ({ properties, credentials }: Handler): ForeignHop =>
  hopOf(properties, '', textOf(credentials, 'user'), textOf(credentials, 'password'));

const authTypes: Readonly<Record<string, ForeignHop['auth']>> = { PUBLIC_KEY: 'key', AGENT: 'agent' };

const hopOf = (properties: Fields, prefix: string, user: string, secret: string): ForeignHop => ({
  host: textOf(properties, `${prefix}host`),
  port: textOf(properties, `${prefix}port`),
  user,
  auth: authTypes[textOf(properties, `${prefix}authType`)] ?? 'password',
  keyPath: textOf(properties, `${prefix}keyPath`),
  secret,
});

/** The host that the last SSH server connects to, where it is another than that of the connection. */
export const remoteHostOf = (handlerOf: HandlerOf): string =>
  textOf(handlerOf('ssh_tunnel')?.properties ?? new Map(), 'remoteHost');

/** The names of today, and those of old versions. Files whose content is kept are among the credentials. */
export function tlsFilesOf(tls: Handler | null): ForeignTlsFiles {
  if (tls === null) return {};
  const all = new Map([...tls.credentials, ...tls.properties]);
  const first = (...keys: readonly string[]): string =>
    keys.map((key) => textOf(all, key)).find((text) => text !== '') ?? '';
  return {
    authority: first('ssl.ca.cert', 'ssl.ca.cert.value', 'rootCert'),
    certificate: first('ssl.client.cert', 'ssl.client.cert.value', 'clientCert', 'ssl.keystore'),
    key: first('ssl.client.key', 'ssl.client.key.value', 'clientKey'),
  };
}
