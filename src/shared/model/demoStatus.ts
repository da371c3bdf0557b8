import { z } from 'zod';

/** Where the embedded demo server stands. `progress` is 0 to 1 over the whole of what is under way. */
export const demoStatusSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('absent') }),
  z.strictObject({ status: z.literal('stopped') }),
  z.strictObject({
    status: z.enum(['creating', 'starting', 'resetting', 'stopping']),
    step: z.string().max(120),
    progress: z.number().min(0).max(1),
  }),
  z.strictObject({ status: z.literal('running'), port: z.int(), startedAt: z.number() }),
]);
export type DemoStatus = z.infer<typeof demoStatusSchema>;
