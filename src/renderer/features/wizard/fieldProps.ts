import type { ClipboardEvent } from 'react';
import { isNameField, type NameField } from './connectionText.ts';
import { wizardActions } from './wizard.ts';
import type { FormField, WizardForm } from './wizardForm.ts';
import { shownError, type WizardState } from './wizardState.ts';

type TextField = { [Field in FormField]: WizardForm[Field] extends string ? Field : never }[FormField];
/** Fields that hold free text, not one of a few words. */
export type FreeTextField = Exclude<TextField, 'color' | 'environment' | 'tlsMode' | 'storedPassword'>;

/** What every text field of the form needs: its text, its message once it may be shown, and where changes go. */
export function textFieldProps(wizard: WizardState, field: FreeTextField) {
  return {
    value: wizard.form[field],
    error: shownError(wizard, field),
    onChange: (event: { currentTarget: { value: string } }) =>
      wizardActions().setField(field, event.currentTarget.value),
    spellCheck: false,
    autoComplete: 'off',
    ...(isNameField(field) && connectionTextProps(field)),
  };
}

/** A connection text is taken apart wherever it is put: as a name or a host it would be saved with its password. */
function connectionTextProps(field: NameField) {
  return {
    onPaste: (event: ClipboardEvent) => {
      if (wizardActions().takePasted(event.clipboardData.getData('text'))) event.preventDefault();
    },
    onBlur: () => wizardActions().takeTyped(field),
  };
}
