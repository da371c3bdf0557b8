import { useMemo } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { commandsOf, useCommands } from '../../lib/commands.ts';
import { commandsText } from '../../text/commands.ts';
import { statementsStore } from './statements.ts';

/** What can be done with the statements in front, in the palette. */
export function useStatementCommands(id: DataSourceId, isActive: boolean): void {
  const commands = useMemo(() => {
    const { askReset } = statementsStore.getState();
    return commandsOf('source', [
      {
        id: 'statements.reset',
        title: commandsText.statements.reset,
        run: () => askReset(id, true),
        isEnabled: () => (statementsStore.getState().byId[id]?.page?.totalCount ?? 0) > 0,
      },
    ]);
  }, [id]);
  useCommands(commands, isActive);
}
