import type { PasswordKey, PasswordSourceKind } from '../../../shared/engines/passwordForm.ts';
import type { ChoiceText, FieldText } from './EngineText.ts';

/** The words for the password and where it comes from. */

export interface PasswordOptions {
  readonly passwordSource: PasswordSourceKind;
}

type PasswordText = {
  readonly [Key in PasswordKey]: Key extends 'passwordSource' ? ChoiceText<PasswordSourceKind> : FieldText;
};

/** What an engine calls its own file of passwords. */
interface FileWords {
  /** Such as `.pgpass`. */
  readonly label: string;
  readonly help: string;
  readonly whenEmpty: string;
}

export const passwordText = ({ label, help, whenEmpty }: FileWords): PasswordText => ({
  passwordSource: {
    label: 'Password from',
    help: null,
    options: {
      stored: { label: 'This form', help: null },
      command: { label: 'A command', help: 'For tokens of AWS, Google Cloud, Entra and password managers.' },
      file: { label, help },
    },
  },
  password: { label: 'Password', help: null },
  passwordCommand: {
    label: 'Command',
    help: 'Prints the password. Runs without a shell, after you have allowed it once.',
    whenEmpty: 'aws rds generate-db-auth-token …',
  },
  passwordSeconds: { label: 'Use for (s)', help: '0: one log-in.' },
  passwordFile: { label: 'Password file', help: 'Read at each log-in.', whenEmpty },
});
