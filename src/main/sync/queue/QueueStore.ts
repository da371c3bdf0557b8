import { z } from 'zod';
import { postgresPlaceSchema, redisPlaceSchema } from '../../../shared/model/queueSettings.ts';

/** Null: none is asked for. */
const password = z.string().nullable();

/** Where the queue is kept, with what it takes to log in: all that a worker needs to reach it. */
export const queueStoreSchema = z.discriminatedUnion('type', [
  postgresPlaceSchema.extend({ password }),
  redisPlaceSchema.extend({ password }),
]);
export type QueueStore = z.infer<typeof queueStoreSchema>;
