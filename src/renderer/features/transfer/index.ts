/** Door of export and import: the dialogs, the buttons that open them, and the same for menu and shortcuts. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useExport, useImport } from './transfer.ts';

export { TransferButtons } from './TransferButtons.tsx';
export { followImports, openExport, openImport } from './transfer.ts';

export const ExportDialog = shownOnDemand(
  async () => (await import('./ExportDialog.tsx')).ExportDialog,
  () => useExport((store) => store.opened),
);

export const ImportDialog = shownOnDemand(
  async () => (await import('./ImportDialog.tsx')).ImportDialog,
  () => useImport((store) => store.import.status !== 'closed'),
);
