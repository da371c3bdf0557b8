import type { DataSource } from '../../shared/model/dataSource.ts';
import type { Pipeline, SavedPipeline } from '../../shared/model/pipelines.ts';
import type { PipelineSummary } from '../../shared/model/pipelineViews.ts';
import type { DamagedPipeline } from './PipelineRepository.ts';
import type { RunBook } from './runs/RunBook.ts';

const formats = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' } as const;

type FindSource = (id: string) => Pick<DataSource, 'name'> | null;

/** A pipeline as the list shows it. @param scheduleProblem why its schedule cannot be kept */
export function summaryOf(
  { id, pipeline }: SavedPipeline,
  {
    findSource,
    scheduleProblem,
  }: { readonly findSource: FindSource; readonly scheduleProblem: string | null },
  nextAt: number | null,
  book: RunBook,
): PipelineSummary {
  const { name, schedule, isEnabled } = pipeline;
  return {
    ...{ id, name, schedule, isEnabled, nextAt },
    sourceText: sourceText(pipeline, findSource),
    destinationText: destinationText(pipeline, findSource),
    problem: goneProblem(pipeline, findSource) ?? scheduleProblem,
    ...book.recentOf(id),
  };
}

/** One that cannot be read can only be removed. */
export const damagedSummary = ({ id, name }: DamagedPipeline): PipelineSummary => ({
  ...{ id, name: name ?? 'Unreadable pipeline', sourceText: '', destinationText: '' },
  ...{ schedule: { type: 'manual' }, isEnabled: false, nextAt: null, run: null, recent: [] },
  problem:
    'This pipeline cannot be read: its entry in the data file is damaged, or of a newer version of Mooring.',
});

function sourceText({ source }: Pipeline, findSource: FindSource): string {
  const what = source.type === 'query' ? 'query' : relationText(source.relation);
  return `${nameOf(source.sourceId, findSource)} · ${what}`;
}

function destinationText({ destination }: Pipeline, findSource: FindSource): string {
  if (destination.type === 'table') {
    return `${nameOf(destination.sourceId, findSource)} · ${relationText(destination.table)}`;
  }
  return `${formats[destination.format.type]} file · ${destination.name}`;
}

const relationText = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${schema}.${name}`;

const nameOf = (id: string, findSource: FindSource): string => findSource(id)?.name ?? 'Removed data source';

function goneProblem({ source, destination }: Pipeline, findSource: FindSource): string | null {
  const gone = [
    ...(findSource(source.sourceId) === null ? ['source'] : []),
    ...(destination.type === 'table' && findSource(destination.sourceId) === null ? ['destination'] : []),
  ];
  return gone.length === 0 ? null : `The data source of the ${gone.join(' and of the ')} no longer exists.`;
}
