import type { PipelineSummary } from '../../../../shared/model/pipelineViews.ts';
import { type RowColumn, rowColumn } from '../../../components/rowColumns.ts';
import { filterWords, rankByWords, ranks } from '../../../lib/textRank.ts';

export interface PipelineRow {
  readonly id: string;
  readonly key: string;
  readonly pipeline: PipelineSummary;
}

const rowOf = (pipeline: PipelineSummary): PipelineRow => ({ id: pipeline.id, key: pipeline.id, pipeline });

/** The pipelines that have all words of a search in their name, their source or their destination; the best first. */
export function pipelineRows(pipelines: readonly PipelineSummary[], search: string): readonly PipelineRow[] {
  const words = filterWords(search);
  if (words.length === 0) return pipelines.map(rowOf);
  return pipelines
    .map((pipeline) => ({
      pipeline,
      rank: rankByWords(
        pipeline.name,
        () => `${pipeline.sourceText} ${pipeline.destinationText}`.toLowerCase(),
        words,
      ),
    }))
    .filter(({ rank }) => rank < ranks.none)
    .sort((left, right) => left.rank - right.rank)
    .map(({ pipeline }) => rowOf(pipeline));
}

export type PipelineColumn =
  | 'name'
  | 'way'
  | 'state'
  | 'last'
  | 'rows'
  | 'duration'
  | 'next'
  | 'recent'
  | 'enabled'
  | 'run';

export const pipelineColumns: readonly RowColumn<PipelineColumn>[] = [
  { ...rowColumn('name', 150), track: 'minmax(150px, 4fr)' },
  { ...rowColumn('way', 170, 3), track: 'minmax(170px, 5fr)' },
  rowColumn('state', 116),
  rowColumn('last', 100, 2),
  rowColumn('rows', 78, 4, true),
  rowColumn('duration', 72, 5, true),
  rowColumn('next', 100, 1),
  rowColumn('recent', 78, 6),
  rowColumn('enabled', 70),
  rowColumn('run', 44),
];
