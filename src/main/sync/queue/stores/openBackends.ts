import type { QueueStore } from '../QueueStore.ts';
import type { QueueBackends } from './QueueBackends.ts';
import { storeError } from './storeErrors.ts';

/**
 * Connects to a store, checks that it can hold queues, and prepares it. Connections that are lost later come back by
 * themselves; what is asked of them meanwhile fails.
 * @throws QUEUE_UNAVAILABLE
 */
export async function openBackends(store: QueueStore): Promise<QueueBackends> {
  try {
    if (store.type === 'postgres') {
      return await (await import('./postgresBackends.ts')).openPostgres(store);
    }
    return await (await import('./redisBackends.ts')).openRedis(store);
  } catch (error) {
    throw storeError(error, store);
  }
}

/**
 * Says what a store is that can hold queues. Nothing is changed there.
 * @throws QUEUE_UNAVAILABLE
 */
export async function checkStore(store: QueueStore): Promise<QueueBackends['server']> {
  try {
    if (store.type === 'postgres') {
      return await (await import('./postgresBackends.ts')).checkPostgres(store);
    }
    return await (await import('./redisBackends.ts')).checkRedis(store);
  } catch (error) {
    throw storeError(error, store);
  }
}
