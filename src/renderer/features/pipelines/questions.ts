import { createStore } from 'zustand/vanilla';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';

interface Question {
  readonly about: 'remove' | 'again';
  readonly pipeline: PipelineSummary;
}

/** What is asked before a pipeline is deleted, or read anew. */
export const questionStore = createStore<{ readonly question: Question | null }>()(() => ({
  question: null,
}));

export const askRemove = (pipeline: PipelineSummary): void =>
  questionStore.setState({ question: { about: 'remove', pipeline } });

export const askAgain = (pipeline: PipelineSummary): void =>
  questionStore.setState({ question: { about: 'again', pipeline } });
