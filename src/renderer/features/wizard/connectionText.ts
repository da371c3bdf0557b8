import type { WizardForm } from './wizardForm.ts';

/** What the last connection text filled in. */
interface Filled {
  /** The spelling it was read as, such as `a JDBC URL`. */
  readonly form: string;
  /** What a person should know about it: what was left out, and what was taken differently. */
  readonly remarks: readonly string[];
  /** What there was before it, to go back to. */
  readonly before: { readonly form: WizardForm; readonly field: ConnectionTextField };
  /** The form as the text made it. */
  readonly after: WizardForm;
}

/** The line that takes connection text. */
export interface ConnectionTextField {
  readonly text: string;
  /** Why the text could not be read, with what to do. */
  readonly problem: { readonly message: string; readonly hint: string } | null;
  /** Null when no text has filled the form. */
  readonly filled: Filled | null;
  /** The name that the last text suggested; while the form still has it, no person chose it. */
  readonly suggestedName: string | null;
}

export const emptyConnectionText: ConnectionTextField = {
  text: '',
  problem: null,
  filled: null,
  suggestedName: null,
};
