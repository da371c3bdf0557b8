import type { Endpoint } from '../Engine.ts';
import { allHosts, type HostPlace, type HostSettings, hostListText } from '../severalHosts.ts';

/** Where PostgreSQL servers can be: a local socket, a host, or several hosts that are tried in turn, as libpq does. */

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

/** What a configuration says about places. */
export interface PlaceSettings extends HostSettings {
  readonly socketFolder?: string | undefined;
}

/** The path of the socket, as libpq makes it of folder and port: `/var/run/postgresql/.s.PGSQL.5432`. */
const socketPathOf = (folder: string, port: number): string =>
  `${folder.replace(/(?<=.)\/+$/, '')}/.s.PGSQL.${port}`;

/** Where the only server, or the first of several, is. */
export const placeOf = ({ host, port, socketFolder }: PlaceSettings): Endpoint['place'] =>
  socketFolder === undefined ? { host, port } : { socketPath: socketPathOf(socketFolder, port) };

/** The hosts in their order; one alone for a data source that has no others. */
export const hostsOf = ({ socketFolder, ...settings }: PlaceSettings): readonly HostPlace[] =>
  socketFolder === undefined ? allHosts(settings) : allHosts({ ...settings, otherHosts: [] });

/** `a:5432,b:5433`, or the path of the socket. */
export function placesText(settings: PlaceSettings): string {
  const place = placeOf(settings);
  return 'socketPath' in place ? place.socketPath : hostListText(hostsOf(settings));
}
