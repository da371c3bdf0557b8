import { z } from 'zod';
import { auditRetentionSchema } from '../../shared/model/audit.ts';
import type { AuditRetentionDays } from '../../shared/model/auditChoices.ts';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';

/**
 * Entries that say something that holds from then on. The newest counts, older ones are history. It has to be signed
 * itself: whoever forges one could wait until Mooring signs what comes after it.
 */

/** What old entries left when they were removed. */
export interface TrailStart {
  readonly entry: StoredAuditEntry;
  /** The last that was removed, and its hash: the next entry's hash goes on from it. */
  readonly upTo: number;
  readonly hash: Buffer;
}

/** For how long entries are kept. */
export interface Keeping {
  readonly entry: StoredAuditEntry;
  readonly keepDays: AuditRetentionDays;
}

type Entries = Pick<AuditRepository, 'newestOf'>;

const startSchema = z.object({ upTo: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) });
const keepingSchema = z.object({ keepDays: z.union([auditRetentionSchema, z.literal('all')]) });

/** Where the trail begins, as it says itself; null: with its first entry. */
export function trailStartIn(repository: Entries): TrailStart | null {
  const found = newestWith(startSchema, repository, ['audit.pruned', 'audit.renewed']);
  if (found === null) return null;
  const { entry, details } = found;
  return { entry, upTo: details.upTo, hash: Buffer.from(details.hash, 'hex') };
}

/** Null: nobody has decided, and all are kept. */
export function keepingIn(repository: Entries): Keeping | null {
  const operations = ['audit.retention-changed', 'audit.pruned', 'audit.renewed'];
  const found = newestWith(keepingSchema, repository, operations);
  if (found === null) return null;
  const { entry, details } = found;
  return { entry, keepDays: details.keepDays === 'all' ? null : details.keepDays };
}

/** What an entry says about where the trail begins from now on. */
export const startDetails = ({ upTo, hash }: Omit<TrailStart, 'entry'>) => ({
  upTo,
  hash: hash.toString('hex'),
});

export const keepingDetails = (keepDays: AuditRetentionDays) => ({ keepDays: keepDays ?? 'all' });

/** The newest entry of these operations whose details fit. */
function newestWith<Details>(
  schema: z.ZodType<Details>,
  repository: Entries,
  operations: readonly string[],
): { readonly entry: StoredAuditEntry; readonly details: Details } | null {
  const entries = operations.flatMap((operation) => repository.newestOf(operation) ?? []);
  for (const entry of entries.toSorted((left, right) => right.sequence - left.sequence)) {
    const parsed = schema.safeParse(entry.details);
    if (parsed.success) return { entry, details: parsed.data };
  }
  return null;
}
