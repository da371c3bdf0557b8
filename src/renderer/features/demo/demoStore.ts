import { createStore } from 'zustand/vanilla';
import type { DemoStatus } from '../../../shared/model/demoStatus.ts';
import type { call, onEvent } from '../../lib/api.ts';

export interface DemoPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
}

export interface DemoStore {
  /** Null until main has answered for the first time. */
  readonly status: DemoStatus | null;
  /** Asks once and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
}

/** Where the demo server stands, as main tells it. */
export function createDemoStore({ call, onEvent }: DemoPorts) {
  return createStore<DemoStore>()((set, get) => ({
    status: null,
    start() {
      const stop = onEvent('demo.status', (status) => set({ status }));
      call('demo.status', null).then(
        (status) => {
          // An event that came first is newer than this answer.
          if (get().status === null) set({ status });
        },
        // The status stays unknown; preparing the demo tells the reason where it matters.
        () => {},
      );
      return stop;
    },
  }));
}
