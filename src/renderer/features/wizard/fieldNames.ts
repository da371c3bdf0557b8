import { fieldsOf, isShownIn } from './engineFields.ts';
import type { CommonForm, WizardForm } from './wizardForm.ts';

export type CommonField = keyof CommonForm;
/** A field of the engine's form, a secret one too. */
export type EngineField = `engine.${string}`;
/** Names a field of the form for its message, its touch and its text. */
export type FieldName = CommonField | EngineField;

export const engineField = (key: string): EngineField => `engine.${key}`;

/** The names of the engine's fields that are shown. */
export const engineFieldNames = (form: WizardForm): EngineField[] =>
  fieldsOf(form.kind).flatMap((field) => (isShownIn(form, field) ? [engineField(field.key)] : []));

/** A field that holds plain text of a person, where a connection text may be put by mistake. */
export type PlainField = 'name' | EngineField;

export function plainFields(form: WizardForm): PlainField[] {
  const own = fieldsOf(form.kind).filter(({ widget }) => widget.type === 'text');
  return ['name', ...own.flatMap((field) => (isShownIn(form, field) ? [engineField(field.key)] : []))];
}

const keyOf = (field: EngineField): string => field.slice('engine.'.length);

export const plainTextOf = (form: WizardForm, field: PlainField): string =>
  field === 'name' ? form.name : (form.values[keyOf(field)] ?? '');

/** The form with what another one has in a field. */
export function withPlainTextOf(form: WizardForm, field: PlainField, other: WizardForm): WizardForm {
  const text = plainTextOf(other, field);
  if (field === 'name') return { ...form, name: text };
  return { ...form, values: { ...form.values, [keyOf(field)]: text } };
}
