import { type FoundConnection, noPasswordFile, type Product, readable } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import type { ForeignRoute } from './foreignRoute.ts';
import { addressOf, type Fields, fieldsOf, isOn, jsonOf, partOf, textOf } from './foreignValues.ts';

/** servers.json of pgAdmin 4 (Tools, Import/Export Servers). It has no passwords. */
export const pgadmin: Product = {
  label: 'pgAdmin',
  async read({ text }) {
    if (text === null || !text.includes('"Servers"')) return null;
    const servers = partOf(fieldsOf(await jsonOf(text)), 'Servers');
    const found = [...servers.values()].map(fieldsOf);
    return found.some((server) => server.has('MaintenanceDB')) ? readable(found.map(connectionOf)) : null;
  },
};

function connectionOf(server: Fields): FoundConnection {
  const name = textOf(server, 'Name');
  const parameters = partOf(server, 'ConnectionParameters');
  const tls = textOf(parameters, 'sslmode') || textOf(server, 'SSLMode');
  if (textOf(server, 'Service') !== '') {
    return { name, problem: 'It names a service of pg_service.conf: import that file instead' };
  }
  // Those of the connection parameters stood beside the others before version 7.
  const file = (key: string, old: string) => textOf(parameters, key) || textOf(server, old);
  return {
    name,
    address: addressOf({
      engine: 'postgres',
      user: textOf(server, 'Username') || textOf(server, 'SharedUsername'),
      host: textOf(server, 'Host'),
      port: textOf(server, 'Port'),
      database: textOf(server, 'MaintenanceDB'),
      settings: { sslmode: tls, connect_timeout: file('connect_timeout', 'Timeout') },
    }),
    color: colorOf(textOf(server, 'BGColor')),
    folders: [textOf(server, 'Group')].filter((group) => group !== firstGroup),
    route: isOn(server, 'UseSSHTunnel') ? routeOf(server) : undefined,
    tlsFiles: {
      authority: file('sslrootcert', 'SSLRootCert'),
      certificate: file('sslcert', 'SSLCert'),
      key: file('sslkey', 'SSLKey'),
    },
    lost: lostOf(server, parameters),
  };
}

/** The group that each pgAdmin begins with. */
const firstGroup = 'Servers';

/** The password, or the passphrase of the key, is only in pgAdmin's own database. */
const routeOf = (server: Fields): ForeignRoute => ({
  type: 'ssh',
  hops: [
    {
      host: textOf(server, 'TunnelHost'),
      port: textOf(server, 'TunnelPort'),
      user: textOf(server, 'TunnelUsername'),
      auth: isOn(server, 'TunnelAuthentication') ? 'key' : 'password',
      keyPath: textOf(server, 'TunnelIdentityFile'),
    },
  ],
});

/** Those that stand elsewhere, or say nothing about a connection. */
const readParameters = new Set([
  ...['sslmode', 'connect_timeout', 'sslrootcert', 'sslcert', 'sslkey', 'passfile'],
  ...['sslcompression', 'application_name'],
]);

function lostOf(server: Fields, parameters: Fields): string[] {
  const others = [...parameters.keys()].some(
    (key) => !readParameters.has(key) && textOf(parameters, key) !== '',
  );
  const has = (key: string) => textOf(server, key) !== '';
  return [
    ...(textOf(parameters, 'passfile') !== '' || has('PassFile') ? [noPasswordFile] : []),
    ...(has('Role') ? ['Its role (SET ROLE) was not taken over.'] : []),
    ...(isOn(server, 'KerberosAuthentication') ? ['Its log-in with Kerberos was not taken over.'] : []),
    ...(has('PasswordExecCommand') ? ['Its command that gives the password was not taken over.'] : []),
    ...(has('PostConnectionSQL') ? ['Its statements after connecting were not taken over.'] : []),
    ...(has('DBRestriction') ? ['Its restriction to some databases was not taken over.'] : []),
    ...(others ? ['Some of its connection parameters were not taken over.'] : []),
  ];
}
