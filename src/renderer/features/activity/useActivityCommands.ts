import { useMemo } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { commandsOf, useCommands } from '../../lib/commands.ts';
import { commandsText } from '../../text/commands.ts';
import { activityStore } from './activity.ts';

const words = commandsText.activity;

/** What can be done with the activity in front, in the palette. */
export function useActivityCommands(id: DataSourceId, isActive: boolean): void {
  const commands = useMemo(() => {
    const { setPaused, show } = activityStore.getState();
    const isPaused = () => activityStore.getState().byId[id]?.isPaused === true;
    return commandsOf('source', [
      {
        id: 'activity.pause',
        title: words.pause,
        run: () => setPaused(id, true),
        isEnabled: () => !isPaused(),
      },
      { id: 'activity.resume', title: words.resume, run: () => setPaused(id, false), isEnabled: isPaused },
      { id: 'activity.sessions', title: words.sessions, run: () => show(id, 'sessions') },
      { id: 'activity.waits', title: words.waits, run: () => show(id, 'waits') },
    ]);
  }, [id]);
  useCommands(commands, isActive);
}
