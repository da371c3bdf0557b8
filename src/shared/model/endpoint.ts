import type { Endpoint } from '../engines/Engine.ts';
import { endpointOf } from '../engines/engines.ts';
import type { DataSourceFields } from './dataSource.ts';

/** The fields that say where a secret goes. */
export type EndpointFields = Pick<DataSourceFields, 'engine' | 'origin'>;

/**
 * What decides who receives a secret of a data source, besides the authority that its certificate comes from: kind,
 * place, names and TLS mode, in this order.
 *
 * The port of the demo server is left out: it takes another free one when its own is taken.
 */
export function endpointParts({ engine, origin }: EndpointFields): readonly string[] {
  const { place, names, tls } = endpointOf(engine);
  const placeParts = placePartsOf(place, origin);
  return [engine.kind, ...placeParts, ...names.map(({ value }) => value), tls?.mode ?? 'none'];
}

/** Whether a secret of the one would reach the same server, in the same way, as one of the other. */
export function isSameEndpoint(left: EndpointFields, right: EndpointFields): boolean {
  const parts = endpointParts(right);
  return (
    authorityOf(left) === authorityOf(right) &&
    endpointParts(left).length === parts.length &&
    endpointParts(left).every((part, index) => part === parts[index])
  );
}

/** The authorities trusted instead of the system's: their PEM, or the path of their file, which no PEM is like. Or null. */
export function authorityOf({ engine }: EndpointFields): string | null {
  const { tls } = endpointOf(engine);
  if (tls?.caFile !== undefined) return `file:${tls.caFile}`;
  return tls?.caPem ?? null;
}

function placePartsOf(place: Endpoint['place'], origin: EndpointFields['origin']): string[] {
  if ('socketPath' in place) return ['socket', place.socketPath];
  return [normalHost(place.host), origin === 'demo' ? 'demo' : String(place.port)];
}

/**
 * Evens out only what is surely the same host, and by rules that no library or Unicode version will ever change (the
 * hash in main must stay the same for years): case of ASCII letters, and brackets around an IPv6 address. A trailing dot
 * stays, since a search domain can make it another host.
 */
function normalHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
