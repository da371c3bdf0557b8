import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AlertKind } from '../../../shared/model/alertChoices.ts';
import type { AlertSubjectId, PastAlert } from '../../../shared/model/alerts.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

/** Which alerts are listed; null: all. */
export interface AlertFilter {
  readonly kind: AlertKind | null;
  readonly subjectId: AlertSubjectId | null;
}

export interface PastAlertsStore {
  readonly filter: AlertFilter;
  /** Newest first. */
  readonly alerts: readonly PastAlert[];
  /** Whether all were read for this filter. */
  readonly isRead: boolean;
  readonly error: ErrorDto | null;
  readonly selectedId: number | null;
  /** Reads them again; those that are shown stay until then. */
  readonly refresh: () => Promise<void>;
  readonly setFilter: (change: Partial<AlertFilter>) => void;
  readonly select: (id: number | null) => void;
}

export const everyAlert: AlertFilter = { kind: null, subjectId: null };

/** Main keeps five of them at most. */
const pageSize = 200;

/** All of them, page by page; null when they are not wanted any more. */
async function readAll(
  callMain: typeof call,
  filter: AlertFilter,
  isWanted: () => boolean,
): Promise<readonly PastAlert[] | null> {
  const alerts: PastAlert[] = [];
  for (;;) {
    const beforeId = alerts.at(-1)?.id ?? null;
    const page = await callMain('alerts.history', { ...filter, beforeId, limit: pageSize });
    if (!isWanted()) return null;
    alerts.push(...page.alerts);
    if (!page.hasMore || page.alerts.length === 0) return alerts;
  }
}

/** The alerts that are over, and which are looked at. What was asked for another filter is dropped. */
export function createPastAlertsStore({ call: callMain }: { readonly call: typeof call }) {
  return createStore<PastAlertsStore>()((set, get) => {
    let turn = 0;
    const read = async (): Promise<void> => {
      turn += 1;
      const own = turn;
      const isWanted = () => own === turn;
      try {
        const alerts = await readAll(callMain, get().filter, isWanted);
        if (alerts !== null) set({ alerts, isRead: true, error: null });
      } catch (error) {
        if (isWanted()) set({ error: errorDtoOf(error) });
      }
    };
    return {
      filter: everyAlert,
      alerts: [],
      isRead: false,
      error: null,
      selectedId: null,
      refresh: read,
      setFilter(change) {
        set({ filter: { ...get().filter, ...change }, alerts: [], isRead: false });
        void read();
      },
      select: (selectedId) => set({ selectedId }),
    };
  });
}
