import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { SavedPipeline } from '../../../../shared/model/pipelines.ts';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { useLoadable } from '../../../lib/useLoadable.ts';
import { setupText } from '../../../text/pipelineSetup.ts';
import { tabsStore } from '../../tabs/index.ts';
import { withVault } from '../../vault/index.ts';
import { runPipeline } from '../pipelineActions.ts';
import { pipelineOfForm } from './form/checkForm.ts';
import { formOfPipeline, isSameForm } from './form/formOfPipeline.ts';
import { newPipelineForm, type PipelineForm } from './form/pipelineForm.ts';
import { baseOfNew, pipelineForms, setBase } from './pipelineForms.ts';

interface Saving {
  readonly isSaving: boolean;
  readonly error: ErrorDto | null;
}

const formOfSaved = ({ pipeline, revision }: SavedPipeline): PipelineForm =>
  formOfPipeline(pipeline, revision);

/** What a form is compared with: the saved pipeline, or a new one; null until it was read. */
function useBase(tab: TabOf<'pipeline'>, saved: SavedPipeline | null, form: PipelineForm | null) {
  const ofSaved = useMemo(() => (saved === null ? null : formOfSaved(saved)), [saved]);
  const base = tab.pipelineId === null ? (form === null ? null : baseOfNew(form)) : ofSaved;
  if (base !== null) setBase(tab.id, base);
  return base;
}

/** The form of a pipeline: what is typed, whether it differs from what is saved, and saving it. */
export function usePipelineForm(tab: TabOf<'pipeline'>) {
  const { pipelineId } = tab;
  const { loadable, reload } = useLoadable(pipelineId, (signal) =>
    call('pipelines.get', { id: pipelineId ?? '' }, { signal }),
  );
  const saved = latestValue(loadable);
  const store = pipelineForms.of(tab.id, () => newPipelineForm());
  const { form: kept, set } = useStore(store);
  const [known, setKnown] = useState<SavedPipeline | null>(null);
  const [saving, setSaving] = useState<Saving>({ isSaving: false, error: null });
  // Nothing was kept of the form of a saved pipeline: it begins with what is saved.
  const isFresh = kept !== null && kept.revision === null && pipelineId !== null;
  const form = isFresh && saved === null ? null : kept;
  const base = useBase(tab, saved, form);
  const isUnsaved = form !== null && base !== null && !isFresh && !isSameForm(form, base);

  // What was saved elsewhere is taken over, unless something else is typed here.
  useEffect(() => {
    if (saved === null || saved === known || kept === null) return;
    setKnown(saved);
    const isAsBefore = known !== null && isSameForm(kept, formOfSaved(known));
    if (isFresh || isAsBefore) set(formOfSaved(saved));
  }, [saved, known, kept, isFresh, set]);
  useEffect(() => tabsStore.getState().setMark(tab.id, { isUnsaved }), [tab.id, isUnsaved]);

  /** @returns whether it is saved */
  const save = async (then: 'keep' | 'run'): Promise<boolean> => {
    const pipeline = form === null ? null : pipelineOfForm(form);
    if (form === null || pipeline === null || saving.isSaving) return false;
    setSaving({ isSaving: true, error: null });
    try {
      const input = { id: pipelineId, revision: form.revision, pipeline };
      const result = await withVault(() => call('pipelines.save', input));
      set(formOfSaved(result));
      setKnown(result);
      setBase(tab.id, formOfSaved(result));
      const segment = then === 'run' ? 'runs' : tab.segment;
      tabsStore.getState().patch(tab.id, { pipelineId: result.id, title: result.pipeline.name, segment });
      // The runs come in place of the form, which says nothing more of itself then.
      tabsStore.getState().setMark(tab.id, { isUnsaved: false });
      if (pipelineId !== null) reload();
      setSaving({ isSaving: false, error: null });
      if (then === 'run') await runPipeline(result.id);
      else notifyDone(setupText.saved(result.pipeline.name));
      return true;
    } catch (error) {
      setSaving({ isSaving: false, error: errorDtoOf(error) });
      return false;
    }
  };

  const isOutdated = isUnsaved && saved !== null && form.revision !== saved.revision;
  const discard = (): void => {
    if (base !== null) set(base);
    setSaving({ isSaving: false, error: null });
  };
  const readError = loadable.status === 'failed' && saved === null ? loadable.error : null;
  return { form, set, isUnsaved, isOutdated, discard, saving, save, readError, reload };
}
