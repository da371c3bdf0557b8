import { useStore } from 'zustand';
import { call } from '../../../lib/api.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { type AlertRulesStore, createAlertRulesStore } from './createAlertRulesStore.ts';

export const alertRulesStore = createAlertRulesStore({ call, reportError: notifyError });

export function useAlertRules<Selected>(selector: (store: AlertRulesStore) => Selected): Selected {
  return useStore(alertRulesStore, selector);
}
