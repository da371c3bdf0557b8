/** Door of the audit trail: its window, and the way to open it. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useAudit } from './audit.ts';

export { openAudit } from './audit.ts';

export const AuditDialog = shownOnDemand(
  async () => (await import('./AuditDialog.tsx')).AuditDialog,
  () => useAudit((store) => store.opened),
);
