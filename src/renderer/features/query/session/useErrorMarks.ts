import { useEffect } from 'react';
import type { TextError } from '../editor/errorMark.ts';
import { placeInTab } from '../run/runState.ts';
import { isRunning, type QueryState } from './createQueryStore.ts';
import type { QueryDesk } from './queryDesks.ts';

/** Where the statements of the last run are wrong, in the text as it was then. */
function textErrors({ run, log }: Pick<QueryState, 'run' | 'log'>): readonly TextError[] {
  if (run === null) return [];
  return log.flatMap(({ index, content }) => {
    const statement = index === null ? undefined : run.statements[index];
    if (statement === undefined || content.type !== 'failed' || content.position === null) return [];
    const { title, detail } = content.error;
    return [{ from: placeInTab(statement, content.position), message: detail === '' ? title : detail }];
  });
}

/** Underlines in the editor where the server says a statement is wrong, until the next run. */
export function useErrorMarks(desk: QueryDesk): void {
  useEffect(
    () =>
      desk.store.subscribe((state, previous) => {
        const hasBegun = state.run?.id !== previous.run?.id;
        const hasEnded = isRunning(previous) && !isRunning(state);
        if (hasBegun || hasEnded) desk.editor?.showErrors(textErrors(state));
      }),
    [desk],
  );
}
