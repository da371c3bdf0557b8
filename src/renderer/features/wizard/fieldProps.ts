import type { ClipboardEvent, CSSProperties } from 'react';
import type { FormField } from '../../../shared/engines/form.ts';
import type { FieldText } from '../../text/engines/EngineText.ts';
import type { CommonField, FieldName, PlainField } from './fieldNames.ts';
import { wizardActions } from './wizard.ts';
import type { CommonForm, WizardForm } from './wizardForm.ts';
import { shownError, type WizardState } from './wizardState.ts';

/** Common fields that hold free text, not one of a few words. */
export type FreeTextField = {
  [Field in CommonField]: string extends CommonForm[Field] ? Field : never;
}[CommonField];

/** A field of an engine's form, with its words. */
export interface EngineFieldProps {
  readonly field: FormField;
  readonly text: FieldText;
  /** How much of the line it takes. */
  readonly style: CSSProperties;
}

export const helpOf = ({ help }: FieldText, { values }: WizardForm): string | null =>
  typeof help === 'function' ? help(values) : help;

/** Whether the form as it is cannot do without the field. */
export const isRequiredIn = ({ values }: WizardForm, { isRequired = false }: FormField): boolean =>
  typeof isRequired === 'function' ? isRequired(values) : isRequired;

/** Marks a field, so that an error can lead to it. */
export const markOf = (field: FieldName) => ({ wrapperProps: { 'data-field': field } });

/** What every field needs in which a person types. */
export const typingProps = { spellCheck: false, autoComplete: 'off' } as const;

/** What a common text field needs: its text, its message once it may be shown, and where changes go. */
export function textFieldProps(wizard: WizardState, field: FreeTextField) {
  return {
    ...typingProps,
    ...markOf(field),
    value: wizard.form[field],
    error: shownError(wizard, field),
    onChange: (event: { currentTarget: { value: string } }) =>
      wizardActions().setField(field, event.currentTarget.value),
    ...(field === 'name' && connectionTextProps(field)),
  };
}

/** A connection text is taken apart wherever it is put: as a name or a host it would be saved with its password. */
export function connectionTextProps(field: PlainField) {
  return {
    onPaste: (event: ClipboardEvent) => {
      if (wizardActions().takePasted(event.clipboardData.getData('text'))) event.preventDefault();
    },
    onBlur: () => wizardActions().takeTyped(field),
  };
}
