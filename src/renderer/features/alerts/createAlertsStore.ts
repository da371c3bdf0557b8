import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AlertRuleKey, AlertStatus, AlertSubjectId, SnoozeInput } from '../../../shared/model/alerts.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { followStatus } from '../../lib/followStatus.ts';

export interface AlertsPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface AlertsStore {
  /** What fires; null until main has answered. */
  readonly status: AlertStatus | null;
  /** Follows main; the returned function stops. */
  readonly start: () => () => void;
  readonly snooze: (input: SnoozeInput) => Promise<void>;
  /** Gives a data source or pipeline a rule of its own that is off. @returns whether it has one now */
  readonly turnOff: (kind: AlertRuleKey['kind'], subjectId: AlertSubjectId) => Promise<boolean>;
}

/** The alerts that fire, as main tells them. */
export function createAlertsStore({ call, onEvent, reportError }: AlertsPorts): StoreApi<AlertsStore> {
  return createStore<AlertsStore>()((set) => ({
    status: null,
    start: () =>
      followStatus({
        ask: () => call('alerts.status', null),
        onTold: (listener) => onEvent('alerts.status', listener),
        onStale: (listener) => onEvent('store.replaced', listener),
        take: (status) => set({ status }),
      }),
    async snooze(input) {
      try {
        await call('alerts.snooze', input);
      } catch (error) {
        reportError(errorDtoOf(error));
      }
    },
    async turnOff(kind, subjectId) {
      try {
        const rules = (await call('alerts.rules', null)).filter((rule) => rule.kind === kind);
        const rule = rules.find((one) => one.subjectId === subjectId) ?? rules[0];
        if (rule === undefined) return false;
        await call('alerts.setRule', { ...rule, subjectId, enabled: false });
        return true;
      } catch (error) {
        reportError(errorDtoOf(error));
        return false;
      }
    },
  }));
}
