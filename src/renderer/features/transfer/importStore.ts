import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type {
  ImportAction,
  ImportItem,
  ImportPreview,
  ImportReport,
} from '../../../shared/model/transfer.ts';
import type { call } from '../../lib/api.ts';
import { createSoloRun } from '../../lib/soloRun.ts';
import type { WithVault } from '../vault/index.ts';
import { firstChoices, type ImportChoices, withConflicts } from './importChoices.ts';

export interface ImportPorts {
  readonly call: typeof call;
  readonly withVault: WithVault;
}

interface OpenFile {
  readonly importId: string;
  readonly fileName: string;
  /** The product that wrote it; null: Mooring. */
  readonly product: string | null;
  /** What the last step failed with. */
  readonly error: ErrorDto | null;
  readonly isBusy: boolean;
}

export interface ReadyFile extends OpenFile {
  readonly status: 'ready';
  readonly items: readonly ImportItem[];
  readonly choices: ImportChoices;
  /** Passwords of another product come in only if the person says so. */
  readonly withSecrets: boolean;
}

/** Where an import stands. Main holds the file from `locked` on, until it is applied or discarded. */
export type ImportState =
  | { readonly status: 'closed' }
  | { readonly status: 'opening' }
  | { readonly status: 'failed'; readonly error: ErrorDto }
  | (OpenFile & { readonly status: 'locked' })
  | ReadyFile
  | { readonly status: 'done'; readonly report: ImportReport };

export interface ImportStore {
  readonly import: ImportState;
  /** Lets main ask for a file; in place of the one that is open. */
  readonly open: () => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  readonly choose: (index: number, action: ImportAction) => void;
  readonly chooseForConflicts: (action: ImportAction) => void;
  readonly takeSecrets: (withSecrets: boolean) => void;
  readonly apply: () => Promise<void>;
  /** Closes; what was not applied is discarded. */
  readonly close: () => void;
}

/** The state that follows from what main says of a file. */
function stateOf(preview: ImportPreview): ImportState {
  switch (preview.outcome) {
    case 'cancelled':
      return { status: 'closed' };
    case 'locked': {
      const { importId, fileName, product } = preview;
      return { status: 'locked', importId, fileName, product, error: null, isBusy: false };
    }
    case 'ready': {
      const { importId, fileName, product, items } = preview;
      const choices = firstChoices(items);
      const about = { importId, fileName, product, items, choices };
      return { status: 'ready', ...about, withSecrets: product === null, error: null, isBusy: false };
    }
  }
}

type FailedState = (error: ErrorDto) => ImportState;

/** An import from the choice of a file to the report. A passphrase is never kept here. */
export function createImportStore({ call, withVault }: ImportPorts) {
  const solo = createSoloRun();
  return createStore<ImportStore>()((set, get) => {
    const current = () => get().import;
    const discard = (state: ImportState) => {
      if (!('importId' in state)) return;
      // Main drops it by itself after a while.
      void call('transfer.discard', { importId: state.importId }).catch(() => undefined);
    };
    const abandon = () => {
      solo.abandon();
      discard(current());
    };
    const openFile = (work: (signal: AbortSignal) => Promise<ImportPreview>, onFailed: FailedState) =>
      solo.run(work, {
        onDone: (preview) => set({ import: stateOf(preview) }),
        onFailed: (error) => set({ import: onFailed(error) }),
        onLate: (preview) => discard(stateOf(preview)),
      });
    const ready = (): ReadyFile | null => {
      const state = current();
      return state.status === 'ready' && !state.isBusy ? state : null;
    };
    const change = (of: (state: ReadyFile) => Partial<ReadyFile>) => {
      const state = ready();
      if (state !== null) set({ import: { ...state, ...of(state), error: null } });
    };
    return {
      import: { status: 'closed' },
      async open() {
        if (solo.isRunning()) return;
        abandon();
        set({ import: { status: 'opening' } });
        await openFile(
          (signal) => call('transfer.open', null, { signal }),
          (error) => (error.code === 'CANCELLED' ? { status: 'closed' } : { status: 'failed', error }),
        );
      },
      async unlock(passphrase) {
        const state = current();
        if (state.status !== 'locked' || state.isBusy) return;
        const { importId } = state;
        set({ import: { ...state, isBusy: true } });
        await openFile(
          (signal) => call('transfer.unlock', { importId, passphrase }, { signal }),
          (error) => ({ ...state, error, isBusy: false }),
        );
      },
      choose: (index, action) => change(({ choices }) => ({ choices: new Map(choices).set(index, action) })),
      chooseForConflicts: (action) =>
        change(({ choices, items }) => ({ choices: withConflicts(choices, items, action) })),
      takeSecrets: (withSecrets) => change(() => ({ withSecrets })),
      async apply() {
        const state = ready();
        if (state === null) return;
        const { importId, withSecrets } = state;
        const choices = [...state.choices].map(([index, action]) => ({ index, action }));
        set({ import: { ...state, isBusy: true } });
        await solo.run(
          (signal) => withVault(() => call('transfer.apply', { importId, choices, withSecrets }, { signal })),
          {
            onDone: (report) => set({ import: { status: 'done', report } }),
            onFailed: (error) => set({ import: { ...state, error, isBusy: false } }),
          },
        );
      },
      close() {
        abandon();
        set({ import: { status: 'closed' } });
      },
    };
  });
}
