import { z } from 'zod';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';

/** What old entries left when they were removed. */
export interface TrailStart {
  /** The entry of the trail that says so, and vouches for the rest by its signature. */
  readonly entry: StoredAuditEntry;
  /** The last that was removed, and its hash: the next entry's hash goes on from it. */
  readonly upTo: number;
  readonly hash: Buffer;
}

const detailsSchema = z.object({ upTo: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** The entries that say where the trail begins. The newest one counts; older ones are history. */
const startOperations = ['audit.pruned', 'audit.start-renewed'] as const;

/** Where the trail begins, as it says itself; null: with its first entry. Nothing is checked here. */
export function trailStartIn(repository: Pick<AuditRepository, 'newestOf'>): TrailStart | null {
  const entries = startOperations.flatMap((operation) => repository.newestOf(operation) ?? []);
  const [entry] = entries.toSorted((left, right) => right.sequence - left.sequence);
  const details = detailsSchema.safeParse(entry?.details);
  if (entry === undefined || !details.success) return null;
  return { entry, upTo: details.data.upTo, hash: Buffer.from(details.data.hash, 'hex') };
}

/** What an entry says about where the trail begins from now on. */
export const startDetails = ({ upTo, hash }: { readonly upTo: number; readonly hash: Buffer }) => ({
  upTo,
  hash: hash.toString('hex'),
});
