import { randomUUID } from 'node:crypto';
import type { RunBundle } from '../../src/main/sync/queue/runBundle.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { somePipeline } from './somePipeline.ts';

/** What a worker gets for a run; its secrets have `canary` in them. */
export function someBundle(over: Partial<RunBundle> = {}): RunBundle {
  const sourceId = randomUUID();
  return {
    runId: randomUUID(),
    pipelineId: randomUUID(),
    pipeline: somePipeline(
      { from: sourceId, to: sourceId },
      {
        source: { type: 'query', sourceId, text: 'SELECT 1 AS one' },
        destination: { type: 'file', folder: '/somewhere', name: 'visits', format: { type: 'ndjson' } },
        drift: { newColumns: 'ignore', changedTypes: 'fail' },
        schedule: { type: 'manual' },
      },
    ),
    sources: [
      {
        id: sourceId,
        name: 'Shop',
        engine: {
          kind: 'postgres',
          config: {
            host: 'localhost',
            port: 5432,
            database: 'shop',
            user: 'ann',
            tls: { mode: 'disable', caPem: null },
          },
        },
        readOnly: false,
        timeouts: defaultTimeoutSettings,
        secrets: { password: 'canary-password' },
        maxConnections: 2,
      },
    ],
    position: null,
    continues: [],
    again: false,
    namedAt: Date.UTC(2026, 10, 30),
    timeZone: 'Europe/Berlin',
    maskKey: Buffer.alloc(32, 7).toString('base64'),
    rejectsFolder: '/somewhere',
    ...over,
  };
}
