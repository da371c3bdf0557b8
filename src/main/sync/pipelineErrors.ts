import { AppError } from '../base/AppError.ts';

export const noSuchPipeline = () => new AppError('NOT_FOUND', { title: 'This pipeline no longer exists' });

export const pipelineChanged = () =>
  new AppError('PIPELINE_CHANGED', {
    title: 'This pipeline was changed meanwhile',
    detail: 'It was saved somewhere else after it was opened here.',
    fixes: ['Open it again and repeat your changes.'],
  });

/** @param problems sentences, each about one thing that is wrong */
export const pipelineInvalid = (problems: readonly string[]) =>
  new AppError('PIPELINE_INVALID', {
    title:
      problems.length === 1
        ? 'Something in this pipeline is wrong'
        : 'Some things in this pipeline are wrong',
    detail: problems.join('\n'),
    fixes: ['Correct it, then save the pipeline again.'],
  });

export const sourceGone = () =>
  new AppError('PIPELINE_INVALID', {
    title: 'A data source of this pipeline no longer exists',
    causes: ['It was removed from the list of data sources.'],
    fixes: ['Edit the pipeline and choose another data source.'],
  });

export const tooFewConnections = (sourceName: string) =>
  new AppError('PIPELINE_INVALID', {
    title: 'The data source allows too few connections',
    detail: `“${sourceName}” is both source and destination of the pipeline, and allows one connection.`,
    causes: ['A run reads over one connection while it writes over another one.'],
    fixes: ['Increase the maximum pool size in the options of the data source.'],
  });

export const tooManyPipelines = (limit: number) =>
  new AppError('TOO_LARGE', {
    title: 'There are too many pipelines',
    detail: `Mooring keeps at most ${limit.toLocaleString('en-GB')} pipelines.`,
    fixes: ['Remove pipelines that nobody needs any more.'],
  });
