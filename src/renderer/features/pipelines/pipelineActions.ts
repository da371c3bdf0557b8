import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import type { Run, RunId } from '../../../shared/model/runs.ts';
import { call } from '../../lib/api.ts';
import { freeName } from '../../lib/freeName.ts';
import { notifyDone, notifyWithUndo } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { pipelinesText as words } from '../../text/pipelines.ts';
import { pipelinesStore } from '../pipelineList/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { withVault } from '../vault/index.ts';
import { formOfPipeline } from './setup/form/formOfPipeline.ts';
import { newPipelineForm, type PipelineForm } from './setup/form/pipelineForm.ts';

/** What people do with pipelines and runs. Failures are told, not thrown. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notifyFailure(error);
  }
}

/** Opens the set-up of a new pipeline. @param start what is known of it already */
export function createPipeline(start: Partial<PipelineForm> = {}): void {
  tabsStore.getState().openPipeline(null, '', 'setup', JSON.stringify(newPipelineForm(start)));
}

export const showPipeline = ({ id, name }: PipelineSummary, segment: 'runs' | 'setup'): void =>
  void tabsStore.getState().openPipeline(id, name, segment);

/** @returns the run, or null when it could not be begun */
export async function runPipeline(id: PipelineId, again = false): Promise<Run | null> {
  try {
    return await withVault(() => call('pipelines.run', { id, again }));
  } catch (error) {
    notifyFailure(error);
    return null;
  }
}

export const setEnabled = ({ id, isEnabled }: PipelineSummary): Promise<void> =>
  attempt(async () => void (await call('pipelines.setEnabled', { id, isEnabled: !isEnabled })));

/** Deletes a pipeline, and offers to take that back: without its runs. Others that run after it find it again. */
export function removePipeline({ id, name }: PipelineSummary): Promise<void> {
  return attempt(async () => {
    const removed = await call('pipelines.remove', { id });
    // One that could not be read cannot be brought back.
    if (removed === null) return notifyDone(words.removed(name));
    const putBack = () => attempt(async () => void (await call('pipelines.save', removed)));
    notifyWithUndo({
      message: words.removed(name),
      undoLabel: words.undo,
      onUndo: () => void putBack(),
    });
  });
}

/** Opens a copy in the set-up; it is not saved yet. */
export function duplicatePipeline({ id, name }: PipelineSummary): Promise<void> {
  return attempt(async () => {
    const { pipeline } = await call('pipelines.get', { id });
    const taken = pipelinesStore.getState().pipelines.map((one) => one.name);
    createPipeline({
      ...formOfPipeline(pipeline, null),
      name: freeName((number) => words.copyName(name, number), taken),
    });
  });
}

export const exportPipeline = ({ id }: PipelineSummary): Promise<void> =>
  attempt(async () => {
    const saved = await call('pipelines.saveFile', { id });
    if (saved !== null) notifyDone(words.exported(saved.fileName));
  });

/** Opens the pipeline of a file in the set-up; it is not saved yet. */
export const importPipeline = (): Promise<void> =>
  attempt(async () => {
    const pipeline = await call('pipelines.openFile', null);
    if (pipeline !== null) createPipeline(formOfPipeline(pipeline, null));
  });

export const changeRun = (change: 'cancel' | 'pause' | 'resume', id: RunId): Promise<void> =>
  attempt(async () => void (await call(`runs.${change}`, { id })));

export const showRunFile = (id: RunId, file: 'written' | 'rejects'): Promise<void> =>
  attempt(async () => void (await call('runs.showFile', { id, file })));
