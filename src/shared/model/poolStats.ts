import { z } from 'zod';

/** What a pool holds at one moment. `total` counts open connections: in use and idle; `connecting` come on top. */
export const poolStatsSchema = z.strictObject({
  total: z.int(),
  inUse: z.int(),
  idle: z.int(),
  connecting: z.int(),
  waiting: z.int(),
  min: z.int(),
  max: z.int(),
});
export type PoolStats = z.infer<typeof poolStatsSchema>;
