import { engineKinds, engineOf } from '../../../shared/engines/engines.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceFields, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { type ConnectionTextField, emptyConnectionText } from './connectionText.ts';
import { type CommonField, engineField, engineFieldNames, type FieldName } from './fieldNames.ts';
import type { TestProgress } from './testProgress.ts';
import {
  type CommonForm,
  emptyForm,
  formOfFields,
  newValuesOf,
  type SecretForm,
  secretOf,
  type WizardForm,
  withKind,
  withResourcesOf,
  withSecret,
  withValue,
} from './wizardForm.ts';
import { type FormErrors, validateForm } from './wizardValidation.ts';

/** What there is to read, and what was found beside it in the document that says so. */
export interface DocumentFinding {
  readonly resources: readonly Resource[];
  readonly address: string | null;
  /** Of fields of the engine's form, by key. */
  readonly values: Readonly<Record<string, string>>;
}

/** What the dialog shows: the choice of what to add, or everything about it with the test and the ways to save. */
export type WizardStep = 'kind' | 'details';

/** The demo database, or the API over it. */
export type DemoKind = 'database' | 'api';

type DemoPreparation =
  | { status: 'idle' }
  | { status: 'preparing' | 'cancelled'; what: DemoKind }
  | { status: 'failed'; what: DemoKind; error: ErrorDto };

/** Signing in at the server, in the system's browser. */
type SignIn = { status: 'idle' } | { status: 'running' } | { status: 'failed'; error: ErrorDto };

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
  readonly touched: ReadonlySet<FieldName>;
  /** Grows each time the details were refused, so that the first wrong field gets the focus. */
  readonly refusedCount: number;
  readonly connectionText: ConnectionTextField;
  readonly demo: DemoPreparation;
  readonly test: TestProgress;
  readonly signIn: SignIn;
  readonly saving: Saving;
  /** Whether the question about unsaved changes is on the screen. */
  readonly askingToDiscard: boolean;
  /** The field that an error has led to; another object each time. */
  readonly focus: { readonly field: FieldName } | null;
  /** A weaker TLS mode that the person is asked about. */
  readonly weakerMode: string | null;
  readonly databases: DatabaseChoice;
}

/** The databases that the server has, in place of one that it does not have. */
export type DatabaseChoice =
  | { status: 'idle' }
  | { status: 'loading' }
  | { status: 'shown'; names: readonly string[] }
  | { status: 'failed'; error: ErrorDto };

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
    signIn: { status: 'idle' },
    saving: { status: 'idle' },
    askingToDiscard: false,
    focus: null,
    weakerMode: null,
    databases: { status: 'idle' },
  };
}

/** The engine of the first card; a person chooses next. */
const firstKind = (): EngineKind => {
  const [kind] = engineKinds;
  if (kind === undefined) throw new Error('There is no engine');
  return kind;
};

export const openedForNew = (): WizardState => opened('kind', emptyForm(firstKind()), null);

/** A saved data source opens at its details, with everything filled in but the secrets. */
export const openedForEdit = (summary: DataSourceSummary): WizardState =>
  opened('details', formOfFields(summary.dataSource, summary.secrets), summary);

/** A new form; what was tested and refused before stays for comparison, and is known to be old by the form it holds. */
export function withForm(state: WizardState, form: WizardForm): WizardState {
  return {
    ...state,
    form,
    errors: validateForm(form, state.original),
    saving: { status: 'idle' },
    askingToDiscard: false,
    weakerMode: null,
    databases: { status: 'idle' },
  };
}

/** The form after a person changed one field; from now on the message of that field is shown. */
const withTouched = (state: WizardState, field: FieldName, form: WizardForm): WizardState => ({
  ...withForm(state, form),
  touched: new Set([...state.touched, field]),
});

export const withFieldSet = <Field extends CommonField>(
  state: WizardState,
  field: Field,
  value: CommonForm[Field],
): WizardState => withTouched(state, field, { ...state.form, [field]: value });

/** The same with a field of the engine's. */
export const withValueSet = (state: WizardState, key: string, text: string): WizardState =>
  withTouched(state, engineField(key), withValue(state.form, key, text));

/** The same with a secret: one that is typed, or what becomes of the stored one. */
export const withSecretSet = (state: WizardState, field: string, change: Partial<SecretForm>): WizardState =>
  withTouched(state, engineField(field), withSecret(state.form, field, change));

/** What a document says about an API goes in where a person has not said anything else. */
export function withDocument(
  state: WizardState,
  { resources, address, values }: DocumentFinding,
): WizardState {
  const { form } = state;
  const addressKey = addressKeyOf(form.kind);
  const found = { ...values, ...(address !== null && addressKey !== null && { [addressKey]: address }) };
  const filled = Object.entries(found)
    .filter(([key]) => key in form.values && !form.chosen.has(key))
    .reduce((next, [key, text]) => withValue(next, key, text), withResourcesOf(form, resources));
  return withForm(state, filled);
}

/** The field that says where the server is, of an engine that has a single one for that. */
function addressKeyOf(kind: EngineKind): string | null {
  const fields = engineOf(kind).form.sections.find(({ key }) => key === 'address')?.fields ?? [];
  return fields.length === 1 ? (fields[0]?.key ?? null) : null;
}

/** The demo database is ready: everything is filled in. */
export function withDemoReady(state: WizardState, fields: DataSourceFields): WizardState {
  const form = formOfFields(fields);
  const filled = { ...withForm(state, form), pristine: form, connectionText: emptyConnectionText };
  return { ...filled, demo: { status: 'idle' }, step: 'details' };
}

/** A kind was chosen by hand; a form that the demo had filled starts afresh. */
export function withKindChosen(state: WizardState, kind: EngineKind): WizardState {
  const next =
    state.form.origin === 'demo'
      ? opened('details', emptyForm(kind), null)
      : withForm(state, withKind(state.form, kind));
  return { ...next, step: 'details', demo: { status: 'idle' } };
}

/** What happens to a data source once it is saved. */
export type AfterSave = 'connect' | 'keep';

/** What Enter does: a new data source is there to be used; an edit has done its work when it is saved. */
export const usualSave = ({ original }: WizardState): AfterSave => (original === null ? 'connect' : 'keep');

export const isComplete = (state: WizardState): boolean => Object.keys(state.errors).length === 0;

const commonFields = ({ kind, origin, values, chosen, secrets, ...common }: WizardForm): CommonField[] =>
  Object.keys(common) as CommonField[];

/** Whether closing would lose something that a person typed. */
export function hasUnsavedInput({ form, pristine, connectionText }: WizardState): boolean {
  if (connectionText.text !== '') return true;
  const before = form.kind === pristine.kind ? pristine.values : newValuesOf(form.kind);
  return (
    commonFields(form).some((field) => form[field] !== pristine[field]) ||
    Object.entries(form.values).some(([key, text]) => form.chosen.has(key) && text !== before[key]) ||
    Object.entries(form.secrets).some(
      ([field, { typed, stored, obtained = null }]) =>
        typed !== '' || obtained !== null || stored !== secretOf(pristine, field).stored,
    )
  );
}

/** Shows every message, because the details can be neither tested nor saved as they are. */
export const withDetailsRefused = (state: WizardState): WizardState => ({
  ...state,
  touched: new Set([...commonFields(state.form), ...engineFieldNames(state.form)]),
  refusedCount: state.refusedCount + 1,
});

/** Leads the person to a field, as an error suggests. */
export const withFocusOn = (state: WizardState, field: FieldName): WizardState => ({
  ...state,
  step: 'details',
  focus: { field },
});

/** Back to the choice; what was typed is kept. The kind of a saved data source cannot be changed. */
export const withKindShown = (state: WizardState): WizardState =>
  state.original === null ? { ...state, step: 'kind' } : state;

/** The most important secret among those that the form asks for as it is filled in now. */
function firstSecret(form: WizardForm): string | undefined {
  const shown = new Set(engineFieldNames(form));
  return engineOf(form.kind).secretFields.find((field) => shown.has(engineField(field)));
}

/** Whether main wants that secret typed before it tests or saves the form. */
export function wantsSecret({ form, test, saving }: WizardState, field: string): boolean {
  if (field !== firstSecret(form) || secretOf(form, field).typed !== '') return false;
  if (saving.status === 'failed') return saving.error.code === 'PASSWORD_REQUIRED';
  if (test.status !== 'finished' || test.form !== form || test.report.outcome === 'passed') return false;
  return test.report.error.code === 'PASSWORD_REQUIRED';
}

/** The message of a field, once it may be shown. */
export function shownError(state: WizardState, field: FieldName): string | null {
  return state.touched.has(field) ? (state.errors[field] ?? null) : null;
}
