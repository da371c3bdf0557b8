import type { z } from 'zod';
import type { HistoryEntry, historyPageInputSchema, historyPageSchema } from '../../shared/model/query.ts';

/** What is kept of a statement that ran. Never the values of its parameters: they may be secret. */
export type NewHistoryEntry = Omit<HistoryEntry, 'id' | 'isShortened'>;

export type HistoryPageInput = z.infer<typeof historyPageInputSchema>;
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** Keeps what ran; a port, implemented by the store. Newest first everywhere. */
export interface HistoryRepository {
  /** Adds them in order, and forgets the oldest ones above the limits. @throws STORE_…, DISK_FULL */
  add(entries: readonly NewHistoryEntry[]): void;
  /**
   * Those that match among so many entries before an id.
   * @param scannedCount most entries whose texts are looked at, so that no call takes long
   */
  find(input: HistoryPageInput, scannedCount: number): FoundHistory;
  /** Null when there is no such entry. */
  text(id: number): string | null;
  clear(): void;
}

export interface FoundHistory {
  readonly entries: readonly HistoryEntry[];
  /** Where to go on; null: there are no older entries. */
  readonly nextBeforeId: number | null;
}
