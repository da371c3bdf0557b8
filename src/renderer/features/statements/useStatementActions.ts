import { type RefObject, useMemo } from 'react';
import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { copyText } from '../../lib/copyText.ts';
import { tabsStore } from '../tabs/index.ts';
import { openText } from './openText.ts';
import { statementsStore } from './statements.ts';

export interface StatementActions {
  /** Opens a query tab with it; a value is a parameter there. */
  readonly open: (fingerprint: string) => void;
  readonly copy: (fingerprint: string) => void;
  /** Puts its details away. */
  readonly close: () => void;
  readonly askReset: () => void;
}

/** Puts the focus into the list of statements. */
export const focusRows = ({ current }: RefObject<HTMLElement | null>): void =>
  current?.querySelector<HTMLElement>('[role="grid"]')?.focus();

/** What can be done with the statements of a data source, from within this panel. */
export function useStatementActions(
  { id, engine: { kind } }: DataSource,
  panelRef: RefObject<HTMLElement | null>,
): StatementActions {
  return useMemo(() => {
    const { askReset, detailOf, select } = statementsStore.getState();
    const withForm = async (fingerprint: string, work: (normalForm: string) => void): Promise<void> => {
      const detail = await detailOf(id, fingerprint);
      if (detail !== null) work(detail.normalForm);
    };
    return {
      open: (fingerprint) =>
        void withForm(fingerprint, (form) => {
          tabsStore.getState().openQuery({ sourceId: id, text: openText(form, sqlLanguageOf(kind)) });
        }),
      copy: (fingerprint) => void withForm(fingerprint, copyText),
      close: () => {
        select(id, null);
        focusRows(panelRef);
      },
      askReset: () => askReset(id, true),
    };
  }, [id, kind, panelRef]);
}
