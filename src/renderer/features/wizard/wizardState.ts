import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceFields, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { type ConnectionTextField, emptyConnectionText } from './connectionText.ts';
import type { TestProgress } from './testProgress.ts';
import { emptyForm, type FormField, formOfFields, type WizardForm, withField } from './wizardForm.ts';
import { type FormErrors, validateForm } from './wizardValidation.ts';

/** What the dialog shows: the choice of what to add, or everything about it with the test and the ways to save. */
export type WizardStep = 'kind' | 'details';

type DemoPreparation =
  | { status: 'idle' }
  | { status: 'preparing' }
  | { status: 'cancelled' }
  | { status: 'failed'; error: ErrorDto };

type Saving = { status: 'idle' } | { status: 'saving' } | { status: 'failed'; error: ErrorDto };

/** The open wizard: plain data, changed only by the functions of this file and of `connectionTextState.ts`. */
export interface WizardState {
  readonly step: WizardStep;
  /** The saved data source being edited; null for a new one. */
  readonly original: DataSourceSummary | null;
  readonly form: WizardForm;
  /** The form as it was opened or filled in by the app: what differs from it was typed by a person. */
  readonly pristine: WizardForm;
  readonly errors: FormErrors;
  /** Fields whose messages are shown. */
  readonly touched: ReadonlySet<FormField>;
  /** Grows each time the details were refused, so that the first wrong field gets the focus. */
  readonly refusedCount: number;
  readonly connectionText: ConnectionTextField;
  readonly demo: DemoPreparation;
  readonly test: TestProgress;
  readonly saving: Saving;
  /** Whether the question about unsaved changes is on the screen. */
  readonly askingToDiscard: boolean;
}

function opened(step: WizardStep, form: WizardForm, original: DataSourceSummary | null): WizardState {
  return {
    step,
    original,
    form,
    pristine: form,
    errors: validateForm(form, original),
    touched: new Set(),
    refusedCount: 0,
    connectionText: emptyConnectionText,
    demo: { status: 'idle' },
    test: { status: 'idle' },
    saving: { status: 'idle' },
    askingToDiscard: false,
  };
}

export const openedForNew = (): WizardState => opened('kind', emptyForm, null);

/** A saved data source opens at its details, with everything filled in but the password. */
export const openedForEdit = (summary: DataSourceSummary): WizardState =>
  opened('details', formOfFields(summary.dataSource, summary.password.stored), summary);

/** A new form; what was tested and refused before stays for comparison, and is known to be old by the form it holds. */
export function withForm(state: WizardState, form: WizardForm): WizardState {
  return {
    ...state,
    form,
    errors: validateForm(form, state.original),
    saving: { status: 'idle' },
    askingToDiscard: false,
  };
}

/** A field as a person just typed it; from now on its message is shown. */
export function withFieldSet<Field extends FormField>(
  state: WizardState,
  field: Field,
  value: WizardForm[Field],
): WizardState {
  const touched = new Set([...state.touched, field]);
  return { ...withForm(state, withField(state.form, field, value)), touched };
}

/** The demo database is ready: everything is filled in. */
export function withDemoReady(state: WizardState, fields: DataSourceFields): WizardState {
  const form = formOfFields(fields, false);
  const filled = { ...withForm(state, form), pristine: form, connectionText: emptyConnectionText };
  return { ...filled, demo: { status: 'idle' }, step: 'details' };
}

/** A kind was chosen by hand; a form that the demo had filled starts afresh. */
export function withPostgresChosen(state: WizardState): WizardState {
  const next = state.form.demo ? opened('details', emptyForm, null) : state;
  return { ...next, step: 'details', demo: { status: 'idle' } };
}

/** What happens to a data source once it is saved. */
export type AfterSave = 'connect' | 'keep';

/** What Enter does: a new data source is there to be used; an edit has done its work when it is saved. */
export const usualSave = ({ original }: WizardState): AfterSave => (original === null ? 'connect' : 'keep');

export const isComplete = (state: WizardState): boolean => Object.keys(state.errors).length === 0;

/** Whether closing would lose something that a person typed. */
export function hasUnsavedInput(state: WizardState): boolean {
  const fields = Object.keys(state.form) as FormField[];
  return (
    state.connectionText.text !== '' || fields.some((field) => state.form[field] !== state.pristine[field])
  );
}

/** Shows every message, because the details can be neither tested nor saved as they are. */
export const withDetailsRefused = (state: WizardState): WizardState => ({
  ...state,
  touched: new Set(Object.keys(state.form) as FormField[]),
  refusedCount: state.refusedCount + 1,
});

/** Back to the choice; what was typed is kept. The kind of a saved data source cannot be changed. */
export const withKindShown = (state: WizardState): WizardState =>
  state.original === null ? { ...state, step: 'kind' } : state;

/** Whether main wants the password typed before it tests or saves the form as it is now. */
export function wantsPassword({ form, test, saving }: WizardState): boolean {
  if (form.password !== '') return false;
  if (saving.status === 'failed') return saving.error.code === 'PASSWORD_REQUIRED';
  if (test.status !== 'finished' || test.form !== form || test.report.outcome === 'passed') return false;
  return test.report.error.code === 'PASSWORD_REQUIRED';
}

/** The message of a field, once it may be shown. */
export function shownError(state: WizardState, field: FormField): string | null {
  return state.touched.has(field) ? (state.errors[field] ?? null) : null;
}
