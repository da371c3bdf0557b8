import { useStore } from 'zustand';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { withProgress } from '../../lib/withProgress.ts';
import { auditText } from '../../text/audit.ts';
import { connectionsStore } from '../connections/index.ts';
import { withVault } from '../vault/index.ts';
import { type AuditStore, createAuditStore } from './auditStore.ts';
import { createTrailStatusStore, type TrailStatusStore } from './trailStatusStore.ts';

const namesById = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(connectionsStore.getState().byId).flatMap(([id, summary]) =>
      summary === undefined ? [] : [[id, summary.dataSource.name]],
    ),
  );

export const auditStore = createAuditStore({
  call,
  withProgress,
  names: namesById,
  now: Date.now,
  reportExported: (entryCount, fileName) => notifyDone(auditText.exported(entryCount, fileName)),
  reportError: notifyError,
});

export const trailStatusStore = createTrailStatusStore({
  call,
  onEvent,
  withVault,
  reportRemoved: (count) => notifyDone(auditText.removed(count)),
  reportError: notifyError,
});

export function useAudit<Selected>(selector: (store: AuditStore) => Selected): Selected {
  return useStore(auditStore, selector);
}

export function useTrailStatus<Selected>(selector: (store: TrailStatusStore) => Selected): Selected {
  return useStore(trailStatusStore, selector);
}

/** How other features show the trail: where it is broken, if that is known. */
export function openAudit(): void {
  const { status, markSeen } = trailStatusStore.getState();
  auditStore.getState().open(status?.check?.status === 'broken' ? status.check : null);
  markSeen();
}
