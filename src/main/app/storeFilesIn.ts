import type { Clock } from '../base/Clock.ts';
import { listBackups } from '../store/backupList.ts';
import { canReplace, replaceStore } from '../store/replaceStore.ts';
import type { StoreFiles } from './AppLife.ts';

/** The store's files in Mooring's data folder. */
export function storeFilesIn(folder: string, clock: Clock): StoreFiles {
  return {
    listBackups: () => listBackups(folder),
    canReplace,
    replace: (backup) => replaceStore({ folder, wallMs: clock.wallMs(), backup }),
  };
}
