import {
  type FoundConnection,
  noAuthority,
  noClientCertificate,
  noTunnel,
  type Product,
  readable,
} from './ForeignFile.ts';
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
  // Since version 7 there; before, beside the others.
  const tls = textOf(parameters, 'sslmode') || textOf(server, 'SSLMode');
  if (textOf(server, 'Service') !== '') {
    return { name, problem: 'It names a service of pg_service.conf: import that file instead' };
  }
  return {
    name,
    address: addressOf({
      engine: 'postgres',
      user: textOf(server, 'Username'),
      host: textOf(server, 'Host'),
      port: textOf(server, 'Port'),
      database: textOf(server, 'MaintenanceDB'),
      settings: { sslmode: tls },
    }),
    lost: lostOf(server, parameters),
  };
}

function lostOf(server: Fields, parameters: Fields): string[] {
  const names = (key: string, old: string) => textOf(parameters, key) !== '' || textOf(server, old) !== '';
  return [
    ...(isOn(server, 'UseSSHTunnel') ? [noTunnel] : []),
    ...(names('sslcert', 'SSLCert') ? [noClientCertificate] : []),
    ...(names('sslrootcert', 'SSLRootCert') ? [noAuthority] : []),
    ...(names('passfile', 'PassFile') ? ['Its password file was not taken over.'] : []),
    ...(textOf(server, 'Role') === '' ? [] : ['Its role (SET ROLE) was not taken over.']),
  ];
}
