import type { EndedOperation } from '../../shared/model/operations.ts';
import { plural } from '../lib/format.ts';

export const operationsText = {
  views: { lines: 'Lines', operations: 'Operations' },
  view: 'What the log shows',
  list: 'Operations, newest first',
  filter: 'Which operations',
  filters: {
    all: 'All operations',
    failed: 'Failed',
    slow: '100 ms and longer',
    verySlow: '1 s and longer',
  },
  kinds: {
    call: 'Call',
    stream: 'Stream',
    acquire: 'Wait for a connection',
    connect: 'Connect',
    stage: 'Stage',
    statement: 'Statement',
    vault: 'Vault',
    demo: 'Demo server',
    store: 'Data file',
    result: 'Result',
  } satisfies Record<EndedOperation['kind'], string>,
  outcomes: { error: 'Failed', cancelled: 'Cancelled', timeout: 'Timed out' },
  rows: (count: number) => plural(count, 'row', 'rows'),
  selected: 'Selected operation',
  showLines: 'Show its log lines',
  copy: 'Copy operation',
  gone: 'This operation is no longer kept',
  leftOut: (count: number) => `${plural(count, 'more part was', 'more parts were')} not kept.`,
  empty: 'No operations yet',
  emptyMessage: 'What Mooring did since it started, with the time that each part took, is shown here.',
  noMatch: 'No matching operations',
  noMatchMessage: 'The last 500 that took noticeable time, had parts or failed are kept.',
  clearFilter: 'Show all operations',
};
