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
  };
}
