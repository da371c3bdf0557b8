import type { TabId } from '../../../../shared/model/tabs.ts';
import { TabForms } from '../../tabs/index.ts';
import { isSameForm } from './form/formOfPipeline.ts';
import { newPipelineForm, type PipelineForm, readPipelineForm } from './form/pipelineForm.ts';

/** What is saved of the pipeline of a tab: a form that says the same need not be kept. */
const bases = new Map<TabId, PipelineForm>();

export const setBase = (tabId: TabId, base: PipelineForm): void => void bases.set(tabId, base);

/** Nothing is lost with a new pipeline of which only the source was chosen. */
export const baseOfNew = ({ sourceId, sourceType, schema, relation, toTable, timeZone }: PipelineForm) =>
  newPipelineForm({
    sourceId,
    sourceType,
    schema,
    relation,
    timeZone,
    ...(toTable === relation && { toTable }),
  });

/** What is typed in the tabs of pipelines. It outlives its place on the screen, and the app. */
export const pipelineForms = new TabForms<PipelineForm>({
  read: readPipelineForm,
  write(tabId, form) {
    const base = bases.get(tabId);
    return base !== undefined && isSameForm(form, base) ? '' : JSON.stringify(form);
  },
});
