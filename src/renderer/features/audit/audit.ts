import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { type AuditStore, createAuditStore } from './auditStore.ts';

export const auditStore = createAuditStore({ call });

export function useAudit<Selected>(selector: (store: AuditStore) => Selected): Selected {
  return useStore(auditStore, selector);
}

/** How other features show the trail. */
export const openAudit = (): void => auditStore.getState().open();
