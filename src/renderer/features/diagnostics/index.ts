/** Door of the diagnostics: their window, and the way to open it. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useDiagnostics } from './diagnostics.ts';

export { openDiagnostics } from './diagnostics.ts';

export const DiagnosticsDialog = shownOnDemand(
  async () => (await import('./DiagnosticsDialog.tsx')).DiagnosticsDialog,
  () => useDiagnostics((store) => store.opened),
);
