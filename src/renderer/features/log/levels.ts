import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LogLevel, LogSettings } from '../../../shared/model/log.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyError } from '../../lib/notify.tsx';

interface LevelsStore {
  /** Null until they are read. */
  readonly settings: LogSettings | null;
  /** Modules that a level can be given to. */
  readonly scopes: readonly string[];
  readonly load: () => Promise<void>;
  /** @param scope null: of all that have none of their own; @param level null: as all others */
  readonly setLevel: (scope: string | null, level: LogLevel | null) => Promise<void>;
}

function withLevel(settings: LogSettings, scope: string | null, level: LogLevel | null): LogSettings {
  if (scope === null) return { ...settings, level: level ?? settings.level };
  const { [scope]: _, ...others } = settings.scopes;
  return { ...settings, scopes: level === null ? others : { ...others, [scope]: level } };
}

/** How much each module writes. */
export const levelsStore = createStore<LevelsStore>()((set, get) => ({
  settings: null,
  scopes: [],
  async load() {
    try {
      set(await call('log.levels', null));
    } catch (error) {
      notifyError(errorDtoOf(error));
    }
  },
  async setLevel(scope, level) {
    const { settings } = get();
    if (settings === null) return;
    const changed = withLevel(settings, scope, level);
    set({ settings: changed });
    try {
      await call('log.setLevels', changed);
    } catch (error) {
      set({ settings });
      notifyError(errorDtoOf(error));
    }
  },
}));

export const useLevels = <Selected>(selector: (store: LevelsStore) => Selected): Selected =>
  useStore(levelsStore, selector);
