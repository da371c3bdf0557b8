import { z } from 'zod';

/** Where the queue is kept. `ssl`: with a certificate that the system trusts. */
export const queueStoreSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('postgres'),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
    user: z.string().min(1),
    password: z.string(),
    database: z.string().min(1),
    ssl: z.boolean(),
  }),
  z.strictObject({ type: z.literal('redis'), url: z.string().min(1) }),
]);
export type QueueStore = z.infer<typeof queueStoreSchema>;
