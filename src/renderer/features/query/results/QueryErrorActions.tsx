import { type ReactNode, useContext, useMemo } from 'react';
import { type ErrorActionRunner, ErrorActionsContext } from '../../../components/errorActions.ts';
import { transactionOf } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';

/** Errors of statements can also end the transaction of their tab, as long as there is one. */
export function QueryErrorActions({ children }: { readonly children: ReactNode }) {
  const desk = useDesk();
  const ofSource = useContext(ErrorActionsContext);
  const hasTransaction = useQuery((state) => transactionOf(state) !== null);
  const runner = useMemo<ErrorActionRunner | null>(
    () =>
      ofSource && {
        kind: ofSource.kind,
        can: (action) => (action.action === 'roll-back' ? hasTransaction : ofSource.can(action)),
        run: (action) => {
          if (action.action !== 'roll-back') return ofSource.run(action);
          desk.editor?.focus();
          void desk.store.getState().endTransaction('rollback');
        },
      },
    [desk, ofSource, hasTransaction],
  );
  return <ErrorActionsContext value={runner}>{children}</ErrorActionsContext>;
}
