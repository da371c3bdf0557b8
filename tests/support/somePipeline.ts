import type { Pipeline } from '../../src/shared/model/pipelines.ts';

/** Copies the table `public.visits` from one data source to another every weekday at seven, in Berlin. */
export function somePipeline(
  { from, to }: { readonly from: string; readonly to: string },
  changes: Partial<Pipeline> = {},
): Pipeline {
  return {
    name: 'Visits',
    source: { type: 'relation', sourceId: from, relation: { schema: 'public', name: 'visits' } },
    reading: { type: 'full' },
    filters: [],
    columns: null,
    destination: {
      ...{ type: 'table', sourceId: to, table: { schema: 'public', name: 'visits_copy' } },
      ...{ mode: 'append', key: [] },
    },
    drift: { newColumns: 'add', changedTypes: 'fail' },
    shape: [],
    allowedLosses: [],
    schedule: { type: 'cron', expression: '0 7 * * 1-5', timeZone: 'Europe/Berlin', missed: 'once' },
    isEnabled: true,
    maxRejectedRows: 0,
    maxAttempts: 3,
    ...changes,
  };
}
