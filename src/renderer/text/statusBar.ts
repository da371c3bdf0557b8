import { formatCount } from '../lib/format.ts';

export const statusBarText = {
  label: 'Status bar',
  noSource: 'No data source',
  latency: 'Last round trip to the server',
  pool: (inUse: number, max: number) => `${formatCount(inUse)}/${formatCount(max)}`,
  poolHint: (inUse: number, max: number) => `${formatCount(inUse)}/${formatCount(max)} connections in use`,
  work: 'Running work',
  moreWork: (count: number) => `+${formatCount(count)}`,
  cancel: (label: string) => `Cancel: ${label}`,
};
