import type { Pipeline } from '../../shared/model/pipelines.ts';

/** The data sources that a pipeline reads from and writes to: one when they are the same. */
export const sourceIdsOf = ({ source, destination }: Pipeline): ReadonlySet<string> =>
  new Set([source.sourceId, ...(destination.type === 'table' ? [destination.sourceId] : [])]);

/** Whether it hashes values, for which it needs a key. */
export const isHashed = ({ columns }: Pipeline): boolean =>
  columns?.some(({ mask }) => mask?.type === 'hash') ?? false;
