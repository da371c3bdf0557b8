import type { SourceState } from '../../shared/model/sourceState.ts';
import { formatClockTime, formatCount } from '../lib/format.ts';
import { vocabulary } from './vocabulary.ts';

/** The state in one sentence, with what is known about it. */
function describeState(state: SourceState): string {
  switch (state.status) {
    case 'degraded':
      return `Connected, but not well: ${state.reason.title}`;
    case 'reconnecting':
      return `Reconnecting, attempt ${state.attempt}: ${state.reason.title}`;
    case 'open-circuit':
      return `Paused after repeated failures until ${formatClockTime(state.until)}: ${state.reason.title}`;
    case 'failed':
      return `Failed: ${state.reason.title}`;
    default:
      return vocabulary.stateLabel[state.status];
  }
}

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
  disconnect: 'Disconnect',
  edit: 'Edit…',
  duplicate: 'Duplicate',
  remove: 'Delete…',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeMessage:
    'Its connections are closed and its stored password goes with it. You can undo this right after.',
  removeConfirm: 'Delete',
  removed: (name: string) => `“${name}” was deleted`,
  undo: 'Undo',
  welcomeTitle: 'Welcome to Mooring',
  welcomeMessage:
    'Keep your database connections in one place, with their passwords in the keychain of this computer. Add your first one, or look around in a demo database that runs on this computer.',
  addDataSource: 'Add data source',
  useDemo: 'Use demo database',
  chooseTitle: 'Choose a data source',
  chooseMessage: 'Pick one on the left, or add a new one.',
};
