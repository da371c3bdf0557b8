import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { AlertRule, AlertRuleKey } from '../../../../shared/model/alerts.ts';
import type { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';

export interface AlertRulesPorts {
  readonly call: typeof call;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface AlertRulesStore {
  /** Null until main has answered. */
  readonly rules: readonly AlertRule[] | null;
  readonly error: ErrorDto | null;
  readonly load: () => Promise<void>;
  /** Changes a rule, or makes it. One change after the other. */
  readonly set: (rule: AlertRule) => Promise<void>;
  readonly remove: (key: AlertRuleKey) => Promise<void>;
}

/** The rules of alerts, as main keeps them. */
export function createAlertRulesStore({ call, reportError }: AlertRulesPorts): StoreApi<AlertRulesStore> {
  return createStore<AlertRulesStore>()((set) => {
    // A figure that was typed is applied by leaving its field, perhaps with a click on a switch.
    let turn: Promise<void> = Promise.resolve();
    const change = (work: () => Promise<AlertRule[]>): Promise<void> => {
      turn = turn.then(work).then(
        (rules) => set({ rules }),
        (error: unknown) => reportError(errorDtoOf(error)),
      );
      return turn;
    };
    return {
      rules: null,
      error: null,
      async load() {
        try {
          set({ rules: await call('alerts.rules', null), error: null });
        } catch (error) {
          set({ error: errorDtoOf(error) });
        }
      },
      set: (rule) => change(() => call('alerts.setRule', rule)),
      remove: ({ kind, subjectId }) => change(() => call('alerts.removeRule', { kind, subjectId })),
    };
  });
}
