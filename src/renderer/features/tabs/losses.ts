import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RunningWork } from '../../lib/statusBar.ts';
import { openTabs, sourceIdOf } from './tabGroups.ts';
import type { Loss, TabsState } from './tabsState.ts';

/** All that would be lost: open transactions and running statements of its tabs, and files that are being saved. */
export function lossesIn(
  state: Pick<TabsState, 'groups' | 'focusedGroup' | 'marks'>,
  work: readonly RunningWork[],
  id: DataSourceId,
): readonly Loss[] {
  const ofTabs = openTabs(state)
    .filter((tab) => sourceIdOf(tab) === id)
    .flatMap((tab): Loss[] => {
      const mark = state.marks[tab.id];
      return [
        ...((mark?.transaction ?? null) === null ? [] : [{ kind: 'transaction' as const, tab }]),
        ...(mark?.isRunning === true ? [{ kind: 'statement' as const, tab }] : []),
      ];
    });
  const ofWork = work
    .filter(({ sourceId }) => sourceId === id)
    .map(({ label }): Loss => ({ kind: 'work', label }));
  return [...ofTabs, ...ofWork];
}
