import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { networkHost } from '../../../connectionText/networkHost.ts';
import { severalHosts } from '../../../connectionText/splitUrl.ts';
import { checkedField } from './checkedField.ts';

/**
 * The host as the network will see it: lower case, punycode, numbers written out as an address.
 * @throws ConnectionTextRefused
 */
export function readHost(text: string, notes: string[]): string {
  if (text === '') {
    throw new ConnectionTextRefused(
      'The text contains no host',
      'Add the host, such as localhost or db.example.com.',
    );
  }
  if (text.startsWith('/') || text.startsWith('@')) {
    throw new ConnectionTextRefused(
      'The text refers to a local socket',
      'Mooring connects over TCP: use localhost and a port.',
    );
  }
  if (text.includes(',')) throw severalHosts();
  const host = checkedField('host', text);
  const normal = networkHost(host);
  if (normal === null) {
    throw new ConnectionTextRefused('The host is not a valid name or address', 'Check the host in the text.');
  }
  if (normal.toLowerCase() !== host.toLowerCase()) notes.push(`On the network, the host is ${normal}.`);
  return normal;
}
