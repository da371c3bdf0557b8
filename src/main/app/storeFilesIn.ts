import type { Clock } from '../base/Clock.ts';
import { canReplace } from '../store/storeErrors.ts';
import type { StoreFiles } from './AppLife.ts';

/** The store's files in Mooring's data folder. SQLite is loaded when it is needed: the window opens without it. */
export function storeFilesIn(folder: string, clock: Clock): StoreFiles {
  return {
    listBackups: async () => (await import('../store/backupList.ts')).listBackups(folder),
    canReplace,
    replace: async (backup) => {
      const { replaceStore } = await import('../store/replaceStore.ts');
      return replaceStore({ folder, wallMs: clock.wallMs(), backup });
    },
  };
}
