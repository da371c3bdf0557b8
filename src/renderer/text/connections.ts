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
      return `Paused after repeated failures until ${formatClockTime(state.until)}: ${state.reason.title}`;
    case 'failed':
      return shownStatus(state) === 'needs-password' ? state.reason.title : `Failed: ${state.reason.title}`;
    default:
      return vocabulary.stateLabel[state.status];
  }
}

/** What the box below a typed password says, by what saving it would mean. */
const savePassword = {
  label: {
    vault: 'Save it in the vault',
    locked: 'Save it in the vault',
    session: 'Keep it until Mooring is closed',
    unusable: 'Save it in the vault',
  },
  hint: {
    vault: 'It is saved once the server has accepted it.',
    locked: 'The vault is locked: you are asked for its passphrase.',
    session: 'Passwords are kept for this session only, as you chose in the settings.',
    unusable: 'The vault cannot be used now. This password is held in memory until you disconnect.',
  },
};

export const connectionsText = {
  sidebar: 'Data sources',
  list: 'Data sources',
  newDataSource: 'New data source',
  filter: 'Filter data sources',
  filterPlaceholder: 'Filter',
  clearFilter: 'Clear the filter',
  settings: 'Settings',
  describeState,
  nothingFound: (filter: string) => `Nothing matches “${filter}”`,
  foundCount: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)}`,
  moreActions: (name: string) => `Actions for ${name}`,
  connect: 'Connect',
  tryNow: 'Try now',
  disconnect: 'Disconnect',
  edit: 'Edit…',
  duplicate: 'Duplicate',
  copyUrl: 'Copy connection URL',
  copyUrlWithPassword: 'Copy with password…',
  urlCopied: 'Copied, without the password',
  urlCopiedWithPassword: 'Copied with its password. The clipboard is cleared in 60 s.',
  remove: 'Delete…',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeMessage:
    'Its connections are closed and its stored password goes with it. You can undo this right after.',
  removeConfirm: 'Delete',
  removed: (name: string) => `“${name}” was deleted`,
  undo: 'Undo',
  changedOutside: 'Changed outside of Mooring',
  confirmSource: {
    title: (name: string) => `Is “${name}” right as it is?`,
    changedMessage:
      'Its settings are not as Mooring saved them. Say yes only if you have looked at all of them. A saved password still opens only for the address it was saved for.',
    unsignedMessage:
      'Say yes if its settings are the ones you entered. From then on Mooring notices when somebody changes them outside.',
    confirm: 'It is right',
  },
  damagedHeading: (count: number) => `Cannot be read (${formatCount(count)})`,
  unnamed: 'Name cannot be read',
  problemCount: (count: number) =>
    count === 0 ? 'Damaged' : `Damaged: ${plural(count, 'part is wrong', 'parts are wrong')}`,
  removeDamagedTitle: (name: string) => `Remove “${name}” from the list?`,
  removeDamagedMessage:
    'A backup of everything is made first, so that it can still be brought back. It cannot be used as it is.',
  removeDamagedConfirm: 'Remove',
  password: {
    title: (name: string) => `Password for “${name}”`,
    label: 'Password',
    save: savePassword.label,
    saveHint: savePassword.hint,
    notSaved: (title: string) => `Connected, but the password was not saved: ${title}`,
  },
  welcomeTitle: 'Welcome to Mooring',
  welcomeMessage:
    'Keep your database connections in one place, with their passwords in the keychain of this computer. Add your first one, or look around in a demo database that runs on this computer.',
  addDataSource: 'Add data source',
  useDemo: 'Use demo database',
  import: 'Import…',
  chooseTitle: 'Choose a data source',
  chooseMessage: 'Pick one on the left, or add a new one.',
};
