import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { RecoveryStatus } from '../../../shared/model/recovery.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';

/** How a replacement went; null when it failed, with the reason in the state, or the person did not want to. */
export type Replaced = { readonly movedTo: string | null } | null;

export interface RecoveryStore {
  /** Whether the dialog is open in which a backup is chosen while Mooring works. */
  readonly opened: boolean;
  readonly status: Loadable<RecoveryStatus>;
  /** Whether something is under way that changes what is kept; there is one at a time. */
  readonly isBusy: boolean;
  /** Why the last attempt failed. Reading the status again does not clear it: a failed restore leads to that, too. */
  readonly error: ErrorDto | null;
  readonly open: () => void;
  readonly close: () => void;
  readonly load: () => Promise<void>;
  /** Tries to open what is there again; answers whether that worked. */
  readonly retry: () => Promise<boolean>;
  readonly restore: (backup: string) => Promise<Replaced>;
  readonly startEmpty: () => Promise<Replaced>;
}

/** Whether Mooring could read its data, and the ways back when it could not. */
export function createRecoveryStore({ call: callMain }: { readonly call: typeof call }) {
  return createStore<RecoveryStore>()((set, get) => {
    const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
      if (get().isBusy) return null;
      set({ isBusy: true, error: null });
      try {
        return await work();
      } catch (error) {
        const dto = errorDtoOf(error);
        // The person said no to the question that main asked.
        if (dto.code !== 'CANCELLED') set({ error: dto });
        return null;
      } finally {
        set({ isBusy: false });
      }
    };
    return {
      opened: false,
      status: { status: 'absent' },
      isBusy: false,
      error: null,
      open: () => set({ opened: true, error: null }),
      close: () => set({ opened: false }),
      async load() {
        const previous = latestValue(get().status);
        set({ status: { status: 'loading', previous } });
        try {
          set({ status: { status: 'loaded', value: await callMain('recovery.status', null) } });
        } catch (error) {
          set({ status: { status: 'failed', error: errorDtoOf(error), previous } });
        }
      },
      async retry() {
        const value = await attempt(() => callMain('recovery.retry', null));
        if (value !== null) set({ status: { status: 'loaded', value } });
        return value !== null && value.problem === null;
      },
      restore: (name) => attempt(() => callMain('recovery.restore', { name })),
      startEmpty: () => attempt(() => callMain('recovery.startEmpty', null)),
    };
  });
}
