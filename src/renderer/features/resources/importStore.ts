import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';

/** The saved data source that resources are imported into; null while nobody does. */
export const importingStore = createStore<{ readonly sourceId: DataSourceId | null }>()(() => ({
  sourceId: null,
}));
