import { useStore } from 'zustand';
import type { ImportReport } from '../../../shared/model/transfer.ts';
import { call } from '../../lib/api.ts';
import { connectionsStore } from '../connections/index.ts';
import { withVault } from '../vault/index.ts';
import { createExportStore, type ExportStore } from './exportStore.ts';
import { createImportStore, type ImportStore } from './importStore.ts';

export const exportStore = createExportStore({ call, withVault });
export const importStore = createImportStore({ call, withVault });

export function useExport<Selected>(selector: (store: ExportStore) => Selected): Selected {
  return useStore(exportStore, selector);
}

export function useImport<Selected>(selector: (store: ImportStore) => Selected): Selected {
  return useStore(importStore, selector);
}

/** Opens the dialog that exports data sources, with all of them chosen. */
export const openExport = (): void => exportStore.getState().open(connectionsStore.getState().order);

/** Asks for a file and opens the dialog that imports it. */
export const openImport = (): void => void importStore.getState().open();

/** Tells where data sources stood that have just been imported. @returns ends it */
export const followImports = (onPlaced: (placements: ImportReport['placements']) => void): (() => void) =>
  importStore.subscribe(({ import: now }, { import: before }) => {
    if (now !== before && now.status === 'done' && now.report.placements.length > 0)
      onPlaced(now.report.placements);
  });
