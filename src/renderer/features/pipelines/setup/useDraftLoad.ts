import { useMemo } from 'react';
import type { PipelineDraftInput } from '../../../../shared/model/pipelineViews.ts';
import { draftOfForm } from './form/checkForm.ts';
import { useSetup } from './setupContext.ts';
import { usePatientLoad } from './usePatientLoad.ts';

/**
 * Asks main about the pipeline that is typed, again with each change of it.
 * @param until the last step that must be without faults
 * @param canAsk whether the data sources can be asked
 */
export function useDraftLoad<Value>(
  until: 'columns' | 'destination',
  canAsk: boolean,
  load: (input: PipelineDraftInput, signal: AbortSignal) => Promise<Value>,
) {
  const { form, pipelineId, isShown } = useSetup();
  // Both take long with many columns, and most renders have another reason.
  const draft = useMemo(() => draftOfForm(form, until), [form, until]);
  const draftText = useMemo(() => JSON.stringify(draft), [draft]);
  const key = draft === null || !canAsk || !isShown ? null : draftText;
  const asked = usePatientLoad(key, (signal) =>
    draft === null
      ? Promise.reject(new Error('There is no draft'))
      : load({ id: pipelineId, pipeline: draft }, signal),
  );
  return { ...asked, isAsked: key !== null };
}
