import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { MonitoringSettings, MonitoringStatus } from '../../../shared/model/monitoring.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { followStatus } from '../../lib/followStatus.ts';

export interface MonitoringPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  readonly reportDone: (what: 'copied' | 'renewed') => void;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface MonitoringStore {
  /** Null until main has answered for the first time. */
  readonly status: MonitoringStatus | null;
  /** What a person wanted and did not get. */
  readonly refused: { readonly settings: MonitoringSettings; readonly error: ErrorDto } | null;
  readonly isWorking: boolean;
  /** Asks once and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
  /** One change after the other. */
  readonly configure: (change: Partial<MonitoringSettings>) => Promise<void>;
  /** Once more what was refused, or what failed when the app started. */
  readonly retry: () => Promise<void>;
  /** What was refused is no longer news. */
  readonly forgetRefusal: () => void;
  readonly renewToken: () => Promise<void>;
  readonly copyScrapeConfig: () => Promise<void>;
  readonly showFiles: () => Promise<void>;
}

/** The metrics endpoint, as main tells it. */
export function createMonitoringStore({ call, onEvent, reportDone, reportError }: MonitoringPorts) {
  const report = (error: unknown): void => {
    const dto = errorDtoOf(error);
    if (dto.code !== 'CANCELLED') reportError(dto);
  };

  // A port that was typed is applied by leaving its field, perhaps with a click on the switch.
  let turn: Promise<void> = Promise.resolve();

  const store = createStore<MonitoringStore>()((set, get) => ({
    status: null,
    refused: null,
    isWorking: false,

    start: () =>
      followStatus({
        ask: () => call('monitoring.status', null),
        onTold: (listener) => onEvent('monitoring.status', listener),
        take: (status) => set({ status }),
      }),

    configure(change) {
      turn = turn.then(() => apply(change));
      return turn;
    },
    retry: () => get().configure(get().refused?.settings ?? {}),

    forgetRefusal: () => set({ refused: null }),

    async renewToken() {
      try {
        set({ status: await call('monitoring.renewToken', null) });
        reportDone('renewed');
      } catch (error) {
        report(error);
      }
    },

    async copyScrapeConfig() {
      try {
        const { copied } = await call('monitoring.copyScrapeConfig', null);
        if (copied) reportDone('copied');
      } catch (error) {
        report(error);
      }
    },

    async showFiles() {
      await call('monitoring.showFiles', null).catch(report);
    },
  }));

  async function apply(change: Partial<MonitoringSettings>): Promise<void> {
    const { status } = store.getState();
    if (status === null) return;
    const settings = { isOn: status.status !== 'off', port: status.port, ...change };
    store.setState({ isWorking: true });
    try {
      store.setState({ status: await call('monitoring.configure', settings), refused: null });
    } catch (error) {
      store.setState({ refused: { settings, error: errorDtoOf(error) } });
    } finally {
      store.setState({ isWorking: false });
    }
  }
  return store;
}
