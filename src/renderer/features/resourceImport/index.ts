/** Door of reading documents and commands that say what an API has to read. Loaded when somebody imports one. */
import { lazy } from 'react';

export { baseUrlOf } from './baseUrl.ts';

export const ResourceImportWindow = lazy(async () => ({
  default: (await import('./ImportWindow.tsx')).ImportWindow,
}));
