/** Apart from the schemas, which the first screen does without. */

/** What operations are about, and how they begin: `vault` is all of `vault.…`. */
export const auditGroups = [
  'data-source',
  'secret',
  'vault',
  'transfer',
  'store',
  'server',
  'demo',
  'audit',
] as const;
export type AuditGroup = (typeof auditGroups)[number];

/** How long entries can be kept, in days; null keeps all. */
export const auditRetentionDays = [null, 730, 365, 90, 30] as const;
export type AuditRetentionDays = (typeof auditRetentionDays)[number];
