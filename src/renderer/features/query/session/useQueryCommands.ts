import { useMemo } from 'react';
import { type Command, useCommands } from '../../../lib/commands.ts';
import { queryText } from '../../../text/query.ts';
import { goToRelation } from '../editor/goToRelation.ts';
import { isRunning, type QueryStore, transactionOf } from './createQueryStore.ts';
import { formatTab } from './formatTab.ts';
import type { QueryDesk } from './queryDesks.ts';
import { saveTab } from './tabFiles.ts';

const queryShortcuts = {
  run: 'mod+Enter',
  runAll: 'mod+shift+Enter',
  explain: 'mod+shift+E',
  cancel: 'Escape',
  format: 'mod+shift+F',
  save: 'mod+S',
  saveAs: 'mod+shift+S',
  goTo: 'F12',
} as const;

function togglePinOfShown({ shown, togglePin }: QueryStore): void {
  if (shown.type === 'result') togglePin(shown.id);
}

function runCommands({ store, starter }: QueryDesk): readonly Command[] {
  const isIdle = () => !isRunning(store.getState());
  const hasTransaction = () => isIdle() && transactionOf(store.getState()) !== null;
  const group = 'query';
  return [
    {
      id: 'query.run',
      title: queryText.runHere,
      group,
      shortcut: queryShortcuts.run,
      run: () => void starter.run('here'),
      isEnabled: isIdle,
    },
    {
      id: 'query.runAll',
      title: queryText.runAll,
      group,
      shortcut: queryShortcuts.runAll,
      run: () => void starter.run('all'),
      isEnabled: isIdle,
    },
    {
      id: 'query.runFromHere',
      title: queryText.runFromHere,
      group,
      run: () => void starter.run('from-here'),
      isEnabled: isIdle,
    },
    {
      id: 'query.explain',
      title: queryText.explain,
      group,
      shortcut: queryShortcuts.explain,
      run: () => void starter.explain(),
      isEnabled: isIdle,
    },
    {
      id: 'query.runToFile',
      title: queryText.runToFile,
      group,
      run: () => void starter.save(),
      isEnabled: isIdle,
    },
    {
      id: 'query.cancel',
      title: queryText.cancel,
      group,
      shortcut: queryShortcuts.cancel,
      run: () => store.getState().cancel(),
      isEnabled: () => !isIdle(),
    },
    {
      id: 'query.togglePin',
      title: queryText.togglePin,
      group,
      run: () => togglePinOfShown(store.getState()),
      isEnabled: () => store.getState().shown.type === 'result',
    },
    {
      id: 'query.commit',
      title: queryText.transaction.commit,
      group,
      run: () => void store.getState().endTransaction('commit'),
      isEnabled: hasTransaction,
    },
    {
      id: 'query.rollback',
      title: queryText.transaction.rollback,
      group,
      run: () => void store.getState().endTransaction('rollback'),
      isEnabled: hasTransaction,
    },
  ];
}

function textCommands(desk: QueryDesk): readonly Command[] {
  const group = 'query';
  return [
    {
      id: 'query.format',
      title: queryText.format,
      group,
      shortcut: queryShortcuts.format,
      run: () => void formatTab(desk),
    },
    {
      id: 'query.find',
      title: queryText.find,
      group,
      run: () => desk.editor?.find(),
    },
    {
      id: 'query.goToRelation',
      title: queryText.goTo,
      group,
      shortcut: queryShortcuts.goTo,
      run: () => void goToRelation(desk),
    },
    {
      id: 'query.saveFile',
      title: queryText.save,
      group,
      shortcut: queryShortcuts.save,
      run: () => void saveTab(desk, false),
    },
    {
      id: 'query.saveFileAs',
      title: queryText.saveAs,
      group,
      shortcut: queryShortcuts.saveAs,
      run: () => void saveTab(desk, true),
    },
  ];
}

/** Offers the commands of a query tab while it is in front. */
export function useQueryCommands(desk: QueryDesk, isActive: boolean): void {
  const commands = useMemo(() => [...runCommands(desk), ...textCommands(desk)], [desk]);
  useCommands(commands, isActive);
}
