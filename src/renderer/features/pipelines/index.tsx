/** Door of pipelines: their list, one of them with its runs and its set-up. Their code is loaded when it is first needed. */
import { lazy, Suspense } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';

const LazyPipelinesTab = lazy(async () => ({
  default: (await import('./list/PipelinesTab.tsx')).PipelinesTab,
}));
const LazyPipelineTab = lazy(async () => ({ default: (await import('./PipelineTab.tsx')).PipelineTab }));
export function PipelinesTab(props: TabContentProps<'pipelines'>) {
  return (
    <Suspense>
      <LazyPipelinesTab {...props} />
    </Suspense>
  );
}

export function PipelineTab(props: TabContentProps<'pipeline'>) {
  return (
    <Suspense>
      <LazyPipelineTab {...props} />
    </Suspense>
  );
}

export const openPipelines = (): void => void tabsStore.getState().openPipelines();

const actions = () => import('./pipelineActions.ts');

/** Ways to a new pipeline, from wherever there is something to copy. */
export const pipelineActions = {
  create: (): void => void actions().then(({ createPipeline }) => createPipeline(), notifyFailure),
  /** @param relation of the data source: what is copied */
  createFrom: (sourceId: DataSourceId, { schema, name }: RelationRef): void =>
    void actions().then(
      ({ createPipeline }) => createPipeline({ sourceId, schema, relation: name, toTable: name }),
      notifyFailure,
    ),
};
