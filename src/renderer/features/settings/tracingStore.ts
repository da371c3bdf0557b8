import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type {
  TraceHeader,
  TraceTest,
  TracingSettings,
  TracingStatus,
} from '../../../shared/model/tracing.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { followStatus } from '../../lib/followStatus.ts';

export interface TracingPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  readonly reportDone: (what: 'set' | 'removed') => void;
}

export interface TracingStore {
  /** Null until main has answered for the first time. */
  readonly status: TracingStatus | null;
  /** What a person wanted last and did not get. */
  readonly refused: ErrorDto | null;
  /** What the collector said to the last test span. */
  readonly tested: TraceTest | null;
  readonly isTesting: boolean;
  /** Asks once and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
  /** One change after the other. */
  readonly configure: (change: Partial<TracingSettings>) => Promise<void>;
  /** @param header null removes it */
  readonly setHeader: (header: TraceHeader | null) => Promise<void>;
  readonly sendTest: () => Promise<void>;
  /** What was refused or tested is no longer news. */
  readonly forget: () => void;
}

/** Tracing, as main tells it. */
export function createTracingStore({ call, onEvent, reportDone }: TracingPorts) {
  // An endpoint that was typed is applied by leaving its field, perhaps with a click on a switch.
  let turn: Promise<void> = Promise.resolve();

  const store = createStore<TracingStore>()((set) => ({
    status: null,
    refused: null,
    tested: null,
    isTesting: false,

    start: () =>
      followStatus({
        ask: () => call('tracing.status', null),
        onTold: (listener) => onEvent('tracing.status', listener),
        take: (status) => set({ status }),
      }),

    configure(change) {
      turn = turn.then(() => apply(change));
      return turn;
    },

    async setHeader(header) {
      try {
        set({ status: await call('tracing.setHeader', { header }), refused: null, tested: null });
        reportDone(header === null ? 'removed' : 'set');
      } catch (error) {
        set({ refused: errorDtoOf(error) });
      }
    },

    async sendTest() {
      set({ isTesting: true, refused: null, tested: null });
      try {
        set({ tested: await call('tracing.test', null) });
      } catch (error) {
        set({ refused: errorDtoOf(error) });
      } finally {
        set({ isTesting: false });
      }
    },

    forget: () => set({ refused: null, tested: null }),
  }));

  async function apply(change: Partial<TracingSettings>): Promise<void> {
    const { status } = store.getState();
    if (status === null) return;
    store.setState({ refused: null, tested: null });
    try {
      store.setState({ status: await call('tracing.configure', { ...status.settings, ...change }) });
    } catch (error) {
      const refused = errorDtoOf(error);
      if (refused.code !== 'CANCELLED') store.setState({ refused });
    }
  }
  return store;
}
