import type { SourceState } from '../../shared/model/sourceState.ts';
import { formatClockTime, formatCount, plural } from '../lib/format.ts';
import { shownStatus } from '../lib/shownStatus.ts';
import { vocabulary } from './vocabulary.ts';

/** The state in one sentence, with what is known about it. */
function describeState(state: SourceState): string {
  switch (state.status) {
    case 'degraded':
      return vocabulary.notWell(state.reason.title);
    case 'reconnecting':
      return `Reconnecting, attempt ${state.attempt}: ${state.reason.title}`;
    case 'open-circuit':
      return `Paused until ${formatClockTime(state.until)} after repeated failures: ${state.reason.title}`;
    case 'failed':
      return shownStatus(state) === 'needs-password' ? state.reason.title : `Failed: ${state.reason.title}`;
    default:
      return vocabulary.stateLabel[state.status];
  }
}

/** The checkbox below a typed password, by what saving the password would do. */
const savePassword = {
  label: {
    vault: 'Save in the vault',
    locked: 'Save in the vault',
    session: 'Keep until you quit Mooring',
    unusable: 'Save in the vault',
  },
  hint: {
    vault: 'It is saved once the server accepts it.',
    locked: 'The vault is locked. You will be asked for the passphrase.',
    session: 'Your settings keep passwords for this session only.',
    unusable: 'The vault is unavailable. The password is kept in memory until you disconnect.',
  },
};

export const connectionsText = {
  sourceFilter: { label: 'Data source', all: 'All data sources' },
  newDataSource: 'New data source',
  describeState,
  moreActions: (name: string) => `Actions for ${name}`,
  connect: 'Connect',
  tryNow: 'Try now',
  disconnect: 'Disconnect',
  edit: 'Edit…',
  duplicate: 'Duplicate',
  copyUrl: 'Copy connection URL',
  copyUrlWithPassword: 'Copy connection URL with password…',
  urlCopied: 'Connection URL copied without the password',
  urlCopiedWithPassword: 'Connection URL copied with the password. The clipboard will be cleared in 60 s.',
  remove: 'Delete…',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeMessage:
    'Its connections will be closed and its saved password deleted. You can undo this immediately afterwards.',
  removeConfirm: 'Delete',
  removed: (name: string) => `“${name}” was deleted`,
  undo: 'Undo',
  changedOutside: 'Changed outside Mooring',
  confirmSource: {
    title: (name: string) => `Confirm “${name}” as it is?`,
    changedMessage:
      'Its settings differ from those that Mooring saved. Confirm only after checking all of them. A saved password can still be used only for the address it was saved for.',
    unsignedMessage:
      'Confirm if its settings are the ones you entered. From then on, Mooring detects changes made outside Mooring.',
    confirm: 'Confirm',
  },
  damagedHeading: (count: number) => `Unreadable (${formatCount(count)})`,
  unnamed: 'Unreadable name',
  problemCount: (count: number) =>
    count === 0 ? 'Damaged' : `Damaged: ${plural(count, 'problem', 'problems')}`,
  removeDamagedTitle: (name: string) => `Remove “${name}” from the list?`,
  removeDamagedMessage:
    'It cannot be used in its current state. Mooring creates a full backup first, so you can still restore it.',
  removeDamagedConfirm: 'Remove',
  password: {
    title: (name: string) => `Password for “${name}”`,
    label: 'Password',
    save: savePassword.label,
    saveHint: savePassword.hint,
    notSaved: (title: string) => `Connected, but the password was not saved: ${title}`,
  },
  ssh: {
    title: (server: string) => `Log in to ${server}`,
    answer: 'Answer',
    answerAll: 'Continue',
  },
  welcomeTitle: 'Welcome to Mooring',
  welcomeMessage:
    'Keep your database connections in one place, with passwords protected by this computer’s keychain. Add your first data source, import those of another program, or explore a demo database that runs on this computer.',
  addDataSource: 'Add data source',
  useDemo: 'Use demo database',
  import: 'Import…',
};
