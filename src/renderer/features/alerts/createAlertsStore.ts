import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AlertRuleKey, AlertStatus, SnoozeInput } from '../../../shared/model/alerts.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

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
  /** Gives a data source a rule of its own that is off. @returns whether it has one now */
  readonly turnOff: (kind: AlertRuleKey['kind'], sourceId: DataSourceId) => Promise<boolean>;
}

/** The alerts that fire, as main tells them. */
export function createAlertsStore({ call, onEvent, reportError }: AlertsPorts): StoreApi<AlertsStore> {
  return createStore<AlertsStore>()((set) => {
    let pushCount = 0;
    const load = async (): Promise<void> => {
      const before = pushCount;
      try {
        const status = await call('alerts.status', null);
        // What was pushed meanwhile is newer.
        if (before === pushCount) set({ status });
      } catch {
        // Without a store nothing is watched, and the window says why there is no store.
      }
    };
    return {
      status: null,
      start() {
        const stops = [
          onEvent('alerts.status', (status) => {
            pushCount += 1;
            set({ status });
          }),
          onEvent('store.replaced', () => void load()),
        ];
        void load();
        return () => {
          for (const stop of stops) stop();
        };
      },
      async snooze(input) {
        try {
          await call('alerts.snooze', input);
        } catch (error) {
          reportError(errorDtoOf(error));
        }
      },
      async turnOff(kind, sourceId) {
        try {
          const rules = (await call('alerts.rules', null)).filter((rule) => rule.kind === kind);
          const rule = rules.find((one) => one.sourceId === sourceId) ?? rules[0];
          if (rule === undefined) return false;
          await call('alerts.setRule', { ...rule, sourceId, enabled: false });
          return true;
        } catch (error) {
          reportError(errorDtoOf(error));
          return false;
        }
      },
    };
  });
}
