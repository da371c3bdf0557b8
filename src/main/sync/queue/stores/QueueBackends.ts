import type { BackendFactory, IQueueBackend } from 'bullmq';
import type { QueueTest } from '../../../../shared/model/queueSettings.ts';

/** What BullMQ needs to keep queues in a store. */
export interface QueueBackends {
  readonly factory: BackendFactory<IQueueBackend, object>;
  /** What the store is. */
  readonly server: Pick<QueueTest, 'product' | 'version'>;
  /** Ends all connections that BullMQ has not ended. Never rejects. */
  close(): Promise<void>;
}

/** A store that does not answer for so long is unavailable. */
export const connectMs = 5_000;
export const answerMs = 10_000;
