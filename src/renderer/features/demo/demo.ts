import { useStore } from 'zustand';
import type { DemoStatus } from '../../../shared/model/demoStatus.ts';
import { call, onEvent } from '../../lib/api.ts';
import { createDemoStore } from './demoStore.ts';

export const demoStore = createDemoStore({ call, onEvent });

/** Where the demo server stands; null until it is known. */
export function useDemoStatus(): DemoStatus | null {
  return useStore(demoStore, (store) => store.status);
}
