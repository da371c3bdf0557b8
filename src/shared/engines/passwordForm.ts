import type { PasswordSource } from '../model/passwordSource.ts';
import { trimmedText } from '../model/visibleText.ts';
import { commandText, commandWords } from './commandLine.ts';
import { type FormField, type FormValues, numberOf } from './form.ts';

/** The part of a form about the password, the same for every engine that logs in with one. */

const passwordSources = ['stored', 'command', 'file'] as const;
export type PasswordSourceKind = (typeof passwordSources)[number];

export type PasswordKey =
  | 'passwordSource'
  | 'password'
  | 'passwordCommand'
  | 'passwordSeconds'
  | 'passwordFile';

const from = (kind: PasswordSourceKind) => (values: FormValues<PasswordKey>) =>
  values.passwordSource === kind;

export const passwordFields: readonly FormField<PasswordKey>[] = [
  {
    ...{ key: 'passwordSource', widget: { type: 'choice', options: passwordSources } },
    path: 'passwordSource.type',
  },
  { key: 'password', widget: { type: 'secret' }, path: 'password', isShown: from('stored') },
  {
    ...{ key: 'passwordCommand', widget: { type: 'text' }, path: 'passwordSource.argv', columns: 9 },
    ...{ isRequired: true, isShown: from('command') },
  },
  {
    ...{ key: 'passwordSeconds', widget: { type: 'number' }, path: 'passwordSource.timeToLiveSeconds' },
    ...{ columns: 3, isRequired: true, isShown: from('command') },
  },
  {
    ...{ key: 'passwordFile', widget: { type: 'text' }, path: 'passwordSource.path', columns: 9 },
    isShown: from('file'),
  },
];

/** Shorter than the tokens of RDS and Cloud SQL live. */
const usualSeconds = '600';

export function passwordValues(source: PasswordSource | undefined): FormValues<PasswordKey> {
  const isCommand = source?.type === 'command';
  return {
    passwordSource: source?.type ?? 'stored',
    password: '',
    passwordCommand: isCommand ? commandText(source.argv) : '',
    passwordSeconds: isCommand ? String(source.timeToLiveSeconds) : usualSeconds,
    passwordFile: source?.type === 'file' ? (source.path ?? '') : '',
  };
}

/** The source that the fields make, as a part of a configuration; nothing for the vault. Not checked yet. */
export function passwordSourceOf(values: FormValues<PasswordKey>): {
  readonly passwordSource?: PasswordSource;
} {
  switch (values.passwordSource) {
    case 'command': {
      const argv = commandWords(values.passwordCommand) ?? [];
      const timeToLiveSeconds = numberOf(values.passwordSeconds);
      return { passwordSource: { type: 'command', argv, timeToLiveSeconds } };
    }
    case 'file': {
      const path = trimmedText(values.passwordFile);
      return { passwordSource: { type: 'file', path: path === '' ? null : path } };
    }
    default:
      return {};
  }
}
