import { join } from 'node:path';
import type { Clock } from '../base/Clock.ts';
import { SpooledResults } from '../results/SpooledResults.ts';
import { SpoolFolder } from '../results/spool/SpoolFolder.ts';
import type { PlatformAdapters } from './services.ts';

export interface ResultsOptions {
  readonly adapters: PlatformAdapters;
  readonly clock: Clock;
}

/** What statements and tables returned, kept on the disk as long as somebody looks at it. */
export function createResults({ adapters, clock }: ResultsOptions) {
  // Only one Mooring at a time has this user-data folder.
  const folder = new SpoolFolder(join(adapters.paths.userData, 'results'));
  const results = new SpooledResults({ folder, clock });
  return {
    results,
    start: () => void folder.removeEarlier(),
    // What is not gone by then is removed at the next start.
    stop: { name: 'results', limitMs: 100, run: () => results.close() },
  };
}
