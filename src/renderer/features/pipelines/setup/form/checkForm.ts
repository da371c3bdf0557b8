import {
  type Destination,
  type Pipeline,
  type PipelineSource,
  pipelineSchema,
  type Reading,
  type Schedule,
} from '../../../../../shared/model/pipelines.ts';
import { takesValue } from '../../../../lib/takesValue.ts';
import { columnFaults, isUnchanged, mappingOf } from './columnForms.ts';
import type { PipelineForm } from './pipelineForm.ts';

export const steps = ['source', 'columns', 'destination', 'schedule'] as const;
export type Step = (typeof steps)[number];

/** Why a form makes no pipeline yet: a field and what is wrong with it, in `setupText.faults`. */
export type FormFault =
  | 'chooseSource'
  | 'chooseRelation'
  | 'typeQuery'
  | 'chooseCursor'
  | 'lookback'
  | 'filterColumn'
  | 'noColumns'
  | 'columns'
  | 'chooseDestination'
  | 'chooseSchema'
  | 'typeTable'
  | 'chooseKey'
  | 'lookbackNeedsUpsert'
  | 'chooseFolder'
  | 'fileName'
  | 'name'
  | 'cron'
  | 'choosePipeline'
  | 'rejectedRows'
  | 'attempts';

/** Fields that a fault is shown at. */
export type Field = keyof PipelineForm;

export interface Fault {
  readonly step: Step;
  readonly field: Field;
  readonly fault: FormFault;
}

/** A whole number that is typed; null for anything else. */
function wholeNumber(text: string, max: number): number | null {
  const trimmed = text.trim();
  return /^\d{1,10}$/.test(trimmed) && Number(trimmed) <= max ? Number(trimmed) : null;
}

function sourceFaults(form: PipelineForm): readonly Fault[] {
  const at = (field: Field, fault: FormFault): Fault => ({ step: 'source', field, fault });
  const faults: Fault[] = [];
  if (form.sourceId === '') faults.push(at('sourceId', 'chooseSource'));
  else if (form.sourceType === 'relation' && form.relation === '') {
    faults.push(at('relation', 'chooseRelation'));
  } else if (form.sourceType === 'query' && form.query.trim() === '') faults.push(at('query', 'typeQuery'));
  if (form.reading === 'incremental') {
    if (form.cursor === '') faults.push(at('cursor', 'chooseCursor'));
    if (wholeNumber(form.lookback, 1_000_000_000) === null) faults.push(at('lookback', 'lookback'));
  }
  if (form.filters.some(({ column }) => column === '')) faults.push(at('filters', 'filterColumn'));
  return faults;
}

function columnStepFaults(form: PipelineForm): readonly Fault[] {
  const at = (fault: FormFault): Fault => ({ step: 'columns', field: 'columns', fault });
  if (form.columns.length > 0 && !form.columns.some(({ isOn }) => isOn)) return [at('noColumns')];
  return columnFaults(form).size > 0 ? [at('columns')] : [];
}

/** Whether rows go into the table by their key. */
export const takesKey = ({ mode }: PipelineForm): boolean => mode === 'upsert' || mode === 'mirror';

function destinationFaults(form: PipelineForm): readonly Fault[] {
  const at = (field: Field, fault: FormFault): Fault => ({ step: 'destination', field, fault });
  const faults: Fault[] = [];
  if (form.destination === 'file') {
    if (form.folder === '') faults.push(at('folder', 'chooseFolder'));
    if (form.fileName.trim() === '' || /[/\\]/.test(form.fileName)) faults.push(at('fileName', 'fileName'));
    return faults;
  }
  if (form.toSourceId === '') return [at('toSourceId', 'chooseDestination')];
  if (form.toSchema === '') faults.push(at('toSchema', 'chooseSchema'));
  if (form.toTable.trim() === '') faults.push(at('toTable', 'typeTable'));
  if (takesKey(form)) {
    if (form.key.length === 0) faults.push(at('key', 'chooseKey'));
  } else if (form.reading === 'incremental' && (wholeNumber(form.lookback, 1_000_000_000) ?? 0) > 0) {
    faults.push(at('mode', 'lookbackNeedsUpsert'));
  }
  return faults;
}

function scheduleFaults(form: PipelineForm): readonly Fault[] {
  const at = (field: Field, fault: FormFault): Fault => ({ step: 'schedule', field, fault });
  const faults: Fault[] = [];
  if (form.name.trim() === '') faults.push(at('name', 'name'));
  if (form.schedule === 'cron' && form.cron.trim().split(/\s+/).length !== 5) faults.push(at('cron', 'cron'));
  if (form.schedule === 'after' && form.after === '') faults.push(at('after', 'choosePipeline'));
  if (wholeNumber(form.maxRejectedRows, 1_000_000) === null) {
    faults.push(at('maxRejectedRows', 'rejectedRows'));
  }
  const attempts = wholeNumber(form.maxAttempts, 20);
  if (attempts === null || attempts < 1) faults.push(at('maxAttempts', 'attempts'));
  return faults;
}

/** All that is wrong with a form, in the order of its steps. */
export const formFaults = (form: PipelineForm): readonly Fault[] => [
  ...sourceFaults(form),
  ...columnStepFaults(form),
  ...destinationFaults(form),
  ...scheduleFaults(form),
];

export function sourceOfForm(form: PipelineForm): PipelineSource | null {
  const { sourceId, schema, relation, query } = form;
  if (sourceFaults({ ...form, reading: 'full', filters: [] }).length > 0) return null;
  return form.sourceType === 'relation'
    ? { type: 'relation', sourceId, relation: { schema, name: relation } }
    : { type: 'query', sourceId, text: query };
}

const readingOf = ({ reading, cursor, lookback }: PipelineForm): Reading =>
  reading === 'full'
    ? { type: 'full' }
    : { type: 'incremental', cursor, lookback: wholeNumber(lookback, 1_000_000_000) ?? 0 };

function destinationOfForm(form: PipelineForm): Destination {
  const { folder, format, csv } = form;
  if (form.destination === 'file') {
    const name = form.fileName.trim();
    return {
      type: 'file',
      folder,
      name,
      format: format === 'csv' ? { type: format, options: csv } : { type: format },
    };
  }
  const table = { schema: form.toSchema, name: form.toTable.trim() };
  const key = takesKey(form) ? form.key : [];
  return { type: 'table', sourceId: form.toSourceId, table, mode: form.mode, key };
}

export function scheduleOfForm(form: PipelineForm): Schedule {
  const { timeZone, missed, after } = form;
  if (form.schedule === 'cron') {
    return { type: 'cron', expression: form.cron.trim().replaceAll(/\s+/g, ' '), timeZone, missed };
  }
  return form.schedule === 'after' ? { type: 'after', pipelineId: after } : { type: 'manual' };
}

/** The pipeline that a form without faults makes; null where the models find something that the faults do not. */
function build(form: PipelineForm): Pipeline | null {
  const source = sourceOfForm(form);
  if (source === null) return null;
  const columns = isUnchanged(form)
    ? null
    : form.columns.filter(({ isOn }) => isOn).flatMap((column) => mappingOf(column) ?? []);
  const built = pipelineSchema.safeParse({
    name: form.name,
    source,
    reading: readingOf(form),
    filters: form.filters.map(({ column, operator, value }) => ({
      column,
      operator,
      value: takesValue(operator) ? value : '',
    })),
    columns,
    destination: destinationOfForm(form),
    drift: { newColumns: form.newColumns, changedTypes: form.changedTypes },
    shape: form.shape,
    allowedLosses: form.allowedLosses,
    schedule: scheduleOfForm(form),
    isEnabled: form.isEnabled,
    maxRejectedRows: wholeNumber(form.maxRejectedRows, 1_000_000) ?? 0,
    maxAttempts: wholeNumber(form.maxAttempts, 20) ?? 1,
  });
  return built.success ? built.data : null;
}

/** The pipeline of a form; null while something is wrong with it. */
export const pipelineOfForm = (form: PipelineForm): Pipeline | null =>
  formFaults(form).length === 0 ? build(form) : null;

/** What can be tried before the last step is filled in: with a name and a schedule that say nothing. */
export function draftOfForm(form: PipelineForm, until: 'columns' | 'destination'): Pipeline | null {
  const rest = {
    name: form.name.trim() === '' ? '-' : form.name,
    schedule: 'manual',
    maxRejectedRows: wholeNumber(form.maxRejectedRows, 1_000_000) === null ? '0' : form.maxRejectedRows,
    maxAttempts: wholeNumber(form.maxAttempts, 20) ? form.maxAttempts : '1',
  } as const;
  // Rows are shown as they arrive before anybody has said where.
  const isPlaced = until === 'destination' || destinationFaults(form).length === 0;
  const place = isPlaced
    ? {}
    : ({ destination: 'file', folder: '-', fileName: '-', format: 'ndjson' } as const);
  return pipelineOfForm({ ...form, ...rest, ...place });
}
