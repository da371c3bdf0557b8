import type { z } from 'zod';
import type { HistoryEntry, historyPageInputSchema, historyPageSchema } from '../../shared/model/query.ts';

/** What is kept of a statement that ran. */
export type NewHistoryEntry = Omit<HistoryEntry, 'id' | 'isShortened'>;

/** Keeps what ran; a port, implemented by the store. */
export interface HistoryRepository {
  add(entry: NewHistoryEntry): void;
  page(input: z.infer<typeof historyPageInputSchema>): z.infer<typeof historyPageSchema>;
  /** Null when there is no such entry. */
  text(id: number): string | null;
  clear(): void;
}
