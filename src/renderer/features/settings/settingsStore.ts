import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AppInfo, Preferences } from '../../../shared/model/appInfo.ts';
import { defaultPreferences } from '../../../shared/model/defaults.ts';
import { ApiError, type call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

export interface SettingsPorts {
  readonly call: typeof call;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
  readonly reportDone: (what: 'backed-up') => void;
}

type Reset =
  | { status: 'idle' }
  | { status: 'running' }
  | { status: 'failed'; error: ErrorDto }
  | { status: 'done' };

export interface SettingsStore {
  readonly preferences: Preferences;
  /** Null until main has answered. */
  readonly info: AppInfo | null;
  readonly reset: Reset;
  readonly isBackingUp: boolean;
  readonly load: () => Promise<void>;
  /** Takes effect at once; goes back when it cannot be kept. */
  readonly setPreferences: (change: Partial<Preferences>) => Promise<void>;
  readonly resetDemo: () => Promise<void>;
  readonly cancelReset: () => void;
  /** How the last reset ended is no longer news. */
  readonly forgetReset: () => void;
  /** Copies the data to its backups, and says so. */
  readonly backUp: () => Promise<void>;
  readonly showLogFolder: () => Promise<void>;
}

/** Preferences, what is known about the app, and the reset of the demo database. */
export function createSettingsStore({ call, reportDone, reportError }: SettingsPorts) {
  let resetAbort: AbortController | null = null;

  return createStore<SettingsStore>()((set, get) => ({
    preferences: defaultPreferences,
    info: null,
    reset: { status: 'idle' },
    isBackingUp: false,

    async load() {
      try {
        const [preferences, info] = await Promise.all([
          call('app.getPreferences', null),
          call('app.info', null),
        ]);
        set({ preferences, info });
      } catch (error) {
        reportError(errorDtoOf(error));
      }
    },

    async setPreferences(change) {
      const before = get().preferences;
      const preferences = { ...before, ...change };
      set({ preferences });
      try {
        set({ preferences: await call('app.setPreferences', preferences) });
      } catch (error) {
        set({ preferences: before });
        reportError(errorDtoOf(error));
      }
    },

    async resetDemo() {
      if (resetAbort !== null) return;
      const abort = new AbortController();
      resetAbort = abort;
      set({ reset: { status: 'running' } });
      try {
        await call('demo.reset', null, { signal: abort.signal });
        set({ reset: { status: 'done' } });
      } catch (error) {
        const cancelled = error instanceof ApiError && error.dto.code === 'CANCELLED';
        set({ reset: cancelled ? { status: 'idle' } : { status: 'failed', error: errorDtoOf(error) } });
      } finally {
        resetAbort = null;
      }
    },
    cancelReset: () => resetAbort?.abort(),
    forgetReset: () =>
      set(({ reset }) => ({ reset: reset.status === 'running' ? reset : { status: 'idle' } })),

    async backUp() {
      if (get().isBackingUp) return;
      set({ isBackingUp: true });
      try {
        await call('recovery.backUp', null);
        reportDone('backed-up');
      } catch (error) {
        reportError(errorDtoOf(error));
      } finally {
        set({ isBackingUp: false });
      }
    },

    async showLogFolder() {
      try {
        await call('app.showLogFolder', null);
      } catch (error) {
        reportError(errorDtoOf(error));
      }
    },
  }));
}
