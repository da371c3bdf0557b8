import type { HostLine } from '../../engines/hostsForm.ts';
import { maxHosts } from '../../engines/severalHosts.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import { readHost, readPort } from './readFields.ts';

/**
 * Hosts and ports as lists with commas: one port counts for all hosts, and a missing one is the usual one.
 * @throws ConnectionTextRefused
 */
export function readHostList(
  written: { readonly host: string; readonly port: string },
  usualPort: number,
  notes: string[],
): readonly [first: HostLine, ...others: HostLine[]] {
  const [first = '', ...rest] = written.host.split(',').map((host) => host.trim());
  const ports = written.port.split(',').map((port) => port.trim());
  const count = rest.length + 1;
  if (count > maxHosts) throw tooManyHosts();
  // A port behind a comma, as SQL Server has it.
  if (count > 1 && [first, ...rest].some((host) => /^\d+$/.test(host))) throw portAsHost();
  if (ports.length > 1 && ports.length !== count) throw portsDoNotMatch();
  const lineOf = (host: string, index: number): HostLine => ({
    // One that is left empty in a list is this computer, as for libpq without its default socket.
    host: readHost(host === '' && count > 1 ? 'localhost' : host, notes),
    port: readPort(ports[ports.length === 1 ? 0 : index] ?? '', usualPort),
  });
  return [lineOf(first, 0), ...rest.map((host, index) => lineOf(host, index + 1))];
}

const tooManyHosts = () =>
  new ConnectionTextRefused(`The text contains more than ${maxHosts} hosts`, 'Keep those that are needed.');

const portAsHost = () =>
  new ConnectionTextRefused(
    'The text has a number in the place of a host',
    'Write the port behind a colon, or as a setting of its own.',
  );

const portsDoNotMatch = () =>
  new ConnectionTextRefused(
    'The text has another number of ports than of hosts',
    'Give one port for all hosts, or one for each.',
  );
