/** Door of the audit trail: its window and the way to open it, what warns of a broken one, and how long it is kept. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { trailStatusStore, useAudit } from './audit.ts';

export { openAudit, trailStatusStore, useTrailStatus } from './audit.ts';
export { TrailWarning } from './TrailWarning.tsx';

export const AuditDialog = shownOnDemand(
  async () => (await import('./AuditDialog.tsx')).AuditDialog,
  () => useAudit((store) => store.opened),
);

/** Follows what main says of the trail; the returned function stops. */
export const followTrail = (): (() => void) => trailStatusStore.getState().start();
