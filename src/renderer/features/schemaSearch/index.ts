/** Door of the search through a data source. It is loaded when it is first opened. */
import { lazy } from 'react';

export { openSearch } from './openSearch.ts';

export const SchemaSearchTab = lazy(async () => ({
  default: (await import('./SchemaSearchTab.tsx')).SchemaSearchTab,
}));
