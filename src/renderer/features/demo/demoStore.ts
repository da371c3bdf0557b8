import { createStore } from 'zustand/vanilla';
import type { DemoStatus } from '../../../shared/model/demoStatus.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { followStatus } from '../../lib/followStatus.ts';

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
  return createStore<DemoStore>()((set) => ({
    status: null,
    start: () =>
      followStatus({
        ask: () => call('demo.status', null),
        onTold: (listener) => onEvent('demo.status', listener),
        take: (status) => set({ status }),
      }),
  }));
}
