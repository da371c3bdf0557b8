import type { Endpoint } from './Engine.ts';

/** `db.example.com:5432`; an IPv6 address stands in brackets. */
export function hostAndPort(host: string, port: number): string {
  const bare = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${bare}:${port}`;
}

/** Where a server is, in a few words: `db.example.com:5432`, or the path of a socket. */
export const placeText = (place: Endpoint['place']): string =>
  'socketPath' in place ? place.socketPath : hostAndPort(place.host, place.port);
