import type { ActivityReader, Figure, ServerSample } from '../ServerActivity.ts';
import { notOffered } from './OptionalParts.ts';

const absent: Figure = { gap: notOffered };

const sample: ServerSample = {
  sessions: [],
  lockWaits: [],
  counters: { transactions: absent, statements: absent, cacheHits: absent, cacheMisses: absent },
  connections: absent,
  maxConnections: null,
  replicationLagMs: absent,
  gaps: [
    { part: 'sessions', ...notOffered },
    { part: 'locks', ...notOffered },
  ],
};

/** Of a server that shows nothing of its sessions, or shows it in a way of its own. It is not asked. */
export const absentActivity: ActivityReader = {
  sample: async () => sample,
  measureSize: async () => absent,
};
