import type { AuditFilter } from './audit.ts';

/** All entries. Apart from the schemas, which the first screen does without. */
export const everyAuditEntry: AuditFilter = {
  group: null,
  subject: null,
  outcome: null,
  since: null,
  until: null,
  search: null,
};
