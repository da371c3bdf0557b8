/** Door of the list of pipelines as data, for all features that name them. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import { call, onEvent } from '../../lib/api.ts';
import { createPipelinesStore, type PipelinesStore } from './createPipelinesStore.ts';

/** The window's one list of pipelines. */
export const pipelinesStore = createPipelinesStore({ call, onEvent });

export function usePipelines<Selected>(selector: (store: PipelinesStore) => Selected): Selected {
  return useStore(pipelinesStore, selector);
}

/** Keeps the list true for as long as the caller is on the screen. */
export function useWatchedPipelines(): void {
  useEffect(() => pipelinesStore.getState().watch(), []);
}

/** A pipeline of the list; undefined when there is none of this id. */
export const useSummary = (id: PipelineId | null): PipelineSummary | undefined =>
  usePipelines(({ pipelines }) => pipelines.find((one) => one.id === id));
