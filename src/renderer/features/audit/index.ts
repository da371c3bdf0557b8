/** Door of the audit trail: its window, and the way to open it. */
export { AuditDialog } from './AuditDialog.tsx';
export { openAudit } from './audit.ts';
