import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Diagnostics } from '../../../shared/model/diagnostics.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { afterFailure, type Loadable, latestValue } from '../../lib/loadable.ts';

export interface DiagnosticsPorts {
  readonly call: typeof call;
  readonly reportSaved: (fileName: string) => void;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface DiagnosticsStore {
  readonly opened: boolean;
  readonly collected: Loadable<Diagnostics>;
  readonly isSaving: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly collect: () => Promise<void>;
  /** Saves the text that is shown. */
  readonly save: () => Promise<void>;
}

/** The diagnostics as they are looked at before they are copied or saved. */
export function createDiagnosticsStore(ports: DiagnosticsPorts): StoreApi<DiagnosticsStore> {
  const { call, reportSaved, reportError } = ports;
  return createStore<DiagnosticsStore>()((set, get) => {
    let abort = new AbortController();
    return {
      opened: false,
      collected: { status: 'absent' },
      isSaving: false,
      open() {
        set({ opened: true });
        void get().collect();
      },
      close() {
        abort.abort();
        set({ opened: false, collected: { status: 'absent' } });
      },
      async collect() {
        abort.abort();
        abort = new AbortController();
        const { signal } = abort;
        const previous = latestValue(get().collected);
        set({ collected: { status: 'loading', previous } });
        try {
          const value = await call('diagnostics.collect', null, { signal });
          if (!signal.aborted) set({ collected: { status: 'loaded', value } });
        } catch (error) {
          if (!signal.aborted) set({ collected: afterFailure(error, previous) });
        }
      },
      async save() {
        const shown = latestValue(get().collected);
        if (shown === null || get().isSaving) return;
        set({ isSaving: true });
        try {
          const saved = await call('diagnostics.save', { id: shown.id });
          if (saved !== null) reportSaved(saved.fileName);
        } catch (error) {
          reportError(errorDtoOf(error));
        } finally {
          set({ isSaving: false });
        }
      },
    };
  });
}
