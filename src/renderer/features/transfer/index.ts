/** Door of export and import: the dialogs, the buttons that open them, and the same for menu and shortcuts. */
export { ExportDialog } from './ExportDialog.tsx';
export { ImportDialog } from './ImportDialog.tsx';
export { TransferButtons } from './TransferButtons.tsx';
export { openExport, openImport } from './transfer.ts';
