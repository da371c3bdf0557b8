import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';

/**
 * State of a data source, exactly as the renderer shows it. Times are epoch milliseconds, for display only:
 * main decides on monotonic time.
 */
export const sourceStateSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('idle') }),
  z.strictObject({ status: z.literal('connecting'), since: z.number() }),
  z.strictObject({ status: z.literal('ready'), since: z.number() }),
  z.strictObject({ status: z.literal('degraded'), since: z.number(), reason: errorDtoSchema }),
  z.strictObject({
    status: z.literal('reconnecting'),
    attempt: z.int(),
    nextAt: z.number(),
    reason: errorDtoSchema,
  }),
  z.strictObject({ status: z.literal('open-circuit'), until: z.number(), reason: errorDtoSchema }),
  /** Waiting cannot heal it: somebody must change something first (password, database name, certificate). */
  z.strictObject({ status: z.literal('failed'), since: z.number(), reason: errorDtoSchema }),
  z.strictObject({ status: z.literal('closing') }),
]);
export type SourceState = z.infer<typeof sourceStateSchema>;

export const sourceStatusSchema = z.enum(sourceStateSchema.options.map(({ shape }) => shape.status.value));
export type SourceStatus = SourceState['status'];
