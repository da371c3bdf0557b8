import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ExportInput, ExportReport } from '../../../shared/model/transfer.ts';
import type { call } from '../../lib/api.ts';
import { createSoloRun } from '../../lib/soloRun.ts';
import type { WithVault } from '../vault/index.ts';

export interface ExportPorts {
  readonly call: typeof call;
  readonly withVault: WithVault;
}

type Saved = Extract<ExportReport, { outcome: 'saved' }>;

type Saving =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  | { readonly status: 'failed'; readonly error: ErrorDto }
  | { readonly status: 'saved'; readonly report: Saved };

export interface ExportStore {
  readonly opened: boolean;
  readonly chosen: ReadonlySet<DataSourceId>;
  readonly saving: Saving;
  /** @param ids all there are: at first everything is chosen */
  readonly open: (ids: readonly DataSourceId[]) => void;
  readonly choose: (ids: readonly DataSourceId[], isChosen: boolean) => void;
  readonly save: (ids: readonly DataSourceId[], protection: ExportInput['protection']) => Promise<void>;
  /** Closes, and gives up what runs. */
  readonly close: () => void;
}

const closed = { opened: false, chosen: new Set<DataSourceId>(), saving: { status: 'idle' } } as const;

/** An export from choosing to the report. The passphrase is never kept here. */
export function createExportStore({ call, withVault }: ExportPorts) {
  const solo = createSoloRun();

  return createStore<ExportStore>()((set) => ({
    ...closed,
    open: (ids) =>
      set(({ opened }) => (opened ? {} : { opened: true, chosen: new Set(ids), saving: { status: 'idle' } })),
    choose: (ids, isChosen) =>
      set(({ chosen }) => {
        const next = new Set(chosen);
        for (const id of ids) {
          if (isChosen) next.add(id);
          else next.delete(id);
        }
        return { chosen: next };
      }),
    async save(ids, protection) {
      if (solo.isRunning()) return;
      set({ saving: { status: 'running' } });
      await solo.run(
        (signal) => withVault(() => call('transfer.export', { ids: [...ids], protection }, { signal })),
        {
          onDone: (report) =>
            set({ saving: report.outcome === 'saved' ? { status: 'saved', report } : { status: 'idle' } }),
          onFailed: (error) =>
            set({ saving: error.code === 'CANCELLED' ? { status: 'idle' } : { status: 'failed', error } }),
        },
      );
    },
    close() {
      solo.abandon();
      // What was chosen and done stays drawn while the window fades away.
      set({ opened: false });
    },
  }));
}
