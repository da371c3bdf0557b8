import { useStore } from 'zustand';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { tracingText } from '../../text/tracing.ts';
import { createTracingStore, type TracingStore } from './tracingStore.ts';

const done = { set: tracingText.headerSet, removed: tracingText.headerRemoved };

export const tracingStore = createTracingStore({
  call,
  onEvent,
  reportDone: (what) => notifyDone(done[what]),
});

export function useTracing<Selected>(selector: (store: TracingStore) => Selected): Selected {
  return useStore(tracingStore, selector);
}
