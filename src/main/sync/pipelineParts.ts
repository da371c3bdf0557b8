import type { Pipeline } from '../../shared/model/pipelines.ts';

/** The data sources that a pipeline reads from and writes to: one when they are the same. */
export const sourceIdsOf = ({ source, destination }: Pipeline): ReadonlySet<string> =>
  new Set([source.sourceId, ...(destination.type === 'table' ? [destination.sourceId] : [])]);

/** How many connections a run has to a data source: one as its source, and one as its destination. */
export const connectionCountOf = ({ source, destination }: Pipeline, id: string): number =>
  Number(source.sourceId === id) + Number(destination.type === 'table' && destination.sourceId === id);

/** Whether it hashes values, for which it needs a key. */
export const isHashed = ({ columns }: Pipeline): boolean =>
  columns?.some(({ mask }) => mask?.type === 'hash') ?? false;
