import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { readName } from '../../../connectionText/values/readFields.ts';
import { readHostList } from '../../../connectionText/values/readHostList.ts';
import type { Given } from '../../../connectionText/vocabulary.ts';
import { isLoopback } from '../../../model/tlsDefault.ts';
import { textOfHostLines } from '../../hostsForm.ts';
import { isNamedPipe, mysqlConfigSchema } from '../config.ts';
import type { MysqlFieldKey } from '../form.ts';
import type { MysqlParameter } from './vocabularies.ts';

/** Of the classic protocol; the X Protocol has another one. */
export const usualPort = 3_306;

/** The server's own default (`socket` on Windows). */
const usualPipe = 'MySQL';

const socketSchema = mysqlConfigSchema.shape.socketPath.unwrap();

/** Where the server is, as the fields of the form hold it. */
export interface Place
  extends Readonly<
    Record<Extract<MysqlFieldKey, 'host' | 'port' | 'socketPath' | 'otherHosts' | 'balanceHosts'>, string>
  > {
  readonly transport: 'tcp' | 'socket';
}

type GivenPlace = Given<Extract<MysqlParameter, 'host' | 'port' | 'socket' | 'protocol' | 'balanceHosts'>>;

/** A path in the place of the host, as in `localhost:/run/mysqld/mysqld.sock`. */
const socketAsHost = /^(?:localhost:)?(\/.*)$/is;

/**
 * A text that names a socket never becomes a connection over TCP: another server can listen on the port.
 * @throws ConnectionTextRefused
 */
export function readPlace(given: GivenPlace, notes: string[]): Place {
  const protocol = given('protocol').toLowerCase();
  if (protocol.includes('memory')) {
    throw new ConnectionTextRefused(
      'The text asks for shared memory',
      'Mooring connects over TCP, a local socket or a named pipe: use localhost and a port.',
    );
  }
  if (protocol.includes('pipe')) return overPipe(given);
  const [, pathAsHost] = socketAsHost.exec(given('host')) ?? [];
  const host = pathAsHost === undefined ? given('host') : '';
  const socket = pathAsHost ?? given('socket');
  if (socket === '' && /^(?:socket|unix)$/.test(protocol)) throw socketWithoutPath();
  if (socket === '' || protocol === 'tcp') return overTcp(host, given, notes);
  if (host !== '' && !isLoopback(host)) throw hostAndSocket();
  const socketPath = readName('socket', socketSchema, socket);
  return overSocket(socketPath);
}

/** A pipe of this computer, given by its name or its whole path. .NET writes a dot for the computer. */
function overPipe(given: GivenPlace): Place {
  const host = given('host');
  if (host !== '' && host !== '.' && !isLoopback(host)) throw hostAndSocket();
  const pipe = given('socket') || usualPipe;
  const path = isNamedPipe(pipe) ? pipe : `\\\\.\\pipe\\${pipe}`;
  const socketPath = readName('named pipe', socketSchema, path);
  return overSocket(socketPath);
}

const overSocket = (socketPath: string): Place => ({
  ...{ transport: 'socket', host: 'localhost', port: String(usualPort), socketPath },
  ...{ otherHosts: '', balanceHosts: '' },
});

function overTcp(host: string, given: GivenPlace, notes: string[]): Place {
  const isOfClient = given('protocol') === clientProtocol && /^(?:localhost)?$/i.test(host);
  if (isOfClient) notes.push(clientNote);
  const written = { host: isOfClient ? 'localhost' : host, port: given('port') };
  const [first, ...others] = readHostList(written, usualPort, notes);
  return {
    ...{ transport: 'tcp', ...first, socketPath: '' },
    otherHosts: textOfHostLines(others),
    balanceHosts: others.length > 0 && given('balanceHosts') === 'random' ? 'on' : '',
  };
}

/** What the command-line client does when no protocol is named: a socket for `localhost`, TCP for all else. */
export const clientProtocol = 'as the client';

const clientNote =
  'The command itself would use the local socket of this computer. Mooring uses TCP; to use the socket, enter its path.';

const socketWithoutPath = () =>
  new ConnectionTextRefused(
    'The text refers to a local socket but not to its path',
    'Add the path, or use localhost and a port.',
  );

const hostAndSocket = () =>
  new ConnectionTextRefused(
    'The text names a host and a local socket',
    'Keep only one of them: a socket belongs to this computer.',
  );
