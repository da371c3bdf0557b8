import { noTunnel } from './ForeignFile.ts';
import type { ForeignHop, ForeignRoute } from './foreignRoute.ts';
import { childText, elementsIn, readXml, type XmlElement } from './xmlElements.ts';

/** SSH servers of the IDEs of JetBrains, by id. Their passwords are in the keychain. */
export type SshConfigs = ReadonlyMap<string, ForeignHop>;

/** sshConfigs.xml, which stands in `options` of the IDE's settings, or in `.idea` for the servers of a project. */
export async function sshConfigsIn(bytes: Buffer | null): Promise<SshConfigs> {
  const root = bytes === null ? null : await readXml(bytes.toString('utf8'));
  const configs = root === null ? [] : elementsIn(root, 'sshConfig');
  return new Map(configs.map(({ attributes }) => [attributes.id ?? '', hopOf(attributes)]));
}

const authTypes: Readonly<Record<string, ForeignHop['auth']>> = {
  ...{ OPEN_SSH: 'config', PASSWORD: 'password', KEY_PAIR: 'key' },
  ...{ password: 'password', 'key-pair': 'key' },
};

/** Without a type, a path says that there is a key: it is written only where it is not the usual one. */
function hopOf(given: Readonly<Record<string, string>>): ForeignHop {
  const { host = '', port = '', username = '', keyPath = '', authType = '' } = given;
  const auth = authTypes[authType] ?? (keyPath === '' ? 'password' : 'key');
  return { host, port, user: username, auth, keyPath };
}

/**
 * The SSH server of a data source: by its id today, in the data source itself before 2019.3.
 * @param properties those of both files, as far as there are any
 */
export function datagripRoute(
  properties: readonly XmlElement[],
  servers: SshConfigs,
): { readonly route: ForeignRoute | undefined; readonly note: readonly string[] } {
  const used = properties.find((one) => childText(one, 'enabled') === 'true');
  if (used === undefined) return { route: undefined, note: [] };
  const hop = servers.get(childText(used, 'ssh-config-id')) ?? ownHopOf(used);
  if (hop.host !== '') return { route: { type: 'ssh', hops: [hop] }, note: [] };
  const advice = `${noTunnel} Put sshConfigs.xml from the settings of DataGrip beside this file and import it again.`;
  return { route: undefined, note: [advice] };
}

const ownHopOf = (properties: XmlElement): ForeignHop =>
  hopOf({
    host: childText(properties, 'proxy-host'),
    port: childText(properties, 'proxy-port') || childText(properties, 'port'),
    username: childText(properties, 'user'),
    authType: childText(properties, 'auth-type'),
    keyPath: childText(properties, 'private-key-path') || childText(properties, 'key-file'),
  });
