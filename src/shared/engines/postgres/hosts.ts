import type { Endpoint } from '../Engine.ts';
import { hostAndPort } from '../hostText.ts';

/** Where PostgreSQL servers can be: a local socket, a host, or several hosts that are tried in turn, as libpq does. */

/** More than this are no hosts of one database any more. */
export const maxHosts = 8;

/** What a session must be like, in libpq's words (PostgreSQL 18, "target_session_attrs"). */
export const targetSessions = [
  'any',
  'read-write',
  'read-only',
  'primary',
  'standby',
  'prefer-standby',
] as const;
export type TargetSession = (typeof targetSessions)[number];

export interface HostPlace {
  readonly host: string;
  readonly port: number;
}

/** What a configuration says about places. */
export interface PlaceSettings extends HostPlace {
  readonly socketFolder?: string | undefined;
  readonly otherHosts?: readonly HostPlace[] | undefined;
}

/** The path of the socket, as libpq makes it of folder and port: `/var/run/postgresql/.s.PGSQL.5432`. */
const socketPathOf = (folder: string, port: number): string =>
  `${folder.replace(/(?<=.)\/+$/, '')}/.s.PGSQL.${port}`;

/** Where the only server, or the first of several, is. */
export const placeOf = ({ host, port, socketFolder }: PlaceSettings): Endpoint['place'] =>
  socketFolder === undefined ? { host, port } : { socketPath: socketPathOf(socketFolder, port) };

/** The hosts in their order; one alone for a data source that has no others. */
export const hostsOf = ({ host, port, socketFolder, otherHosts }: PlaceSettings): readonly HostPlace[] =>
  socketFolder === undefined ? [{ host, port }, ...(otherHosts ?? [])] : [{ host, port }];

/**
 * What several hosts add to the names of an endpoint: whoever adds one sends the secrets there. One host adds nothing, so
 * that what was sealed before there were several still opens. The word before each keeps it apart from a hop of a tunnel.
 */
export const otherHostNames = (settings: PlaceSettings): readonly { label: string; value: string }[] =>
  hostsOf(settings)
    .slice(1)
    .map(({ host, port }) => ({ label: 'Other host', value: `or ${hostAndPort(host.toLowerCase(), port)}` }));

/** `a:5432, b:5433`, or the path of the socket. */
export function placesText(settings: PlaceSettings): string {
  const place = placeOf(settings);
  if ('socketPath' in place) return place.socketPath;
  return hostsOf(settings)
    .map(({ host, port }) => hostAndPort(host, port))
    .join(',');
}
