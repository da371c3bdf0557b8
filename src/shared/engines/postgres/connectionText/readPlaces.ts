import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { readName, readPort } from '../../../connectionText/values/readFields.ts';
import { readHostList } from '../../../connectionText/values/readHostList.ts';
import type { Given } from '../../../connectionText/vocabulary.ts';
import { textOfHostLines } from '../../hostsForm.ts';
import { postgresConfigSchema } from '../config.ts';
import type { PostgresFieldKey } from '../form.ts';
import { targetSessions } from '../hosts.ts';
import type { PostgresParameter } from './vocabularies.ts';

export const usualPort = 5_432;

const socketFolderSchema = postgresConfigSchema.shape.socketFolder.unwrap();

type PlaceKey = Extract<
  PostgresFieldKey,
  'transport' | 'host' | 'port' | 'socketFolder' | 'otherHosts' | 'targetSession' | 'balanceHosts'
>;

/** Where the server is, or the servers are, as the fields of the form hold it. */
export type Places = Readonly<Record<PlaceKey, string>>;

type GivenPlaces = Given<
  Extract<PostgresParameter, 'host' | 'hostAddress' | 'port' | 'targetSession' | 'balanceHosts' | 'service'>
>;

/**
 * As libpq reads them: hosts and ports are lists with commas, one port counts for all, a missing one is the usual one,
 * and a host that begins with a slash is the folder of a local socket.
 * @throws ConnectionTextRefused
 */
export function readPlaces(given: GivenPlaces, notes: string[]): Places {
  const written = given('host') || given('hostAddress');
  if (written === '' && given('service') !== '') throw serviceAlone();
  const hosts = written.split(',').map((host) => host.trim());
  if (hosts.some((host) => host.startsWith('@'))) throw abstractSocket();
  if (hosts.some(isFolder)) return overSocket(hosts, given('port').split(','));
  const [first, ...others] = readHostList({ host: written, port: given('port') }, usualPort, notes);
  return {
    transport: 'tcp',
    ...{ ...first, socketFolder: '' },
    otherHosts: textOfHostLines(others),
    targetSession: readTargetSession(given('targetSession')),
    balanceHosts: others.length > 0 && /^random$/i.test(given('balanceHosts')) ? 'on' : '',
  };
}

const isFolder = (host: string): boolean => host.startsWith('/');

function overSocket(hosts: readonly string[], ports: readonly string[]): Places {
  const [folder = '', ...others] = hosts;
  if (others.length > 0) {
    throw new ConnectionTextRefused(
      'The text contains several hosts, one of them a local socket',
      'Keep either the socket or the hosts.',
    );
  }
  return {
    transport: 'socket',
    ...{ host: 'localhost', port: readPort(ports[0] ?? '', usualPort) },
    socketFolder: readName('socket folder', socketFolderSchema, folder),
    ...{ otherHosts: '', targetSession: 'any', balanceHosts: '' },
  };
}

/** @throws ConnectionTextRefused for a word that nobody knows: another server could be meant than the one that answers */
function readTargetSession(word: string): string {
  if (word === '') return 'any';
  const known = targetSessions.find((each) => each === word.toLowerCase());
  if (known !== undefined) return known;
  throw new ConnectionTextRefused(
    'The text asks for a kind of server that Mooring does not know',
    `target_session_attrs can be ${targetSessions.join(', ')}.`,
  );
}

const serviceAlone = () =>
  new ConnectionTextRefused(
    'The text names a service of pg_service.conf',
    'Paste it into “Connection URL or string”, which looks the service up, or import the file pg_service.conf.',
  );

const abstractSocket = () =>
  new ConnectionTextRefused(
    'The text refers to an abstract local socket',
    'Mooring reaches sockets in folders only: use the folder of the socket, or localhost and a port.',
  );
