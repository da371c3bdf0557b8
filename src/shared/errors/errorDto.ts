import { z } from 'zod';
import { errorActionSchema, maxErrorActions } from './errorActions.ts';
import { errorCodes } from './errorCodes.ts';

/**
 * An error as it crosses to the renderer: for people a title, probable causes and what to do; for programs the code.
 * Never a stack, a path of ours or a secret.
 */
export const errorDtoSchema = z.strictObject({
  code: z.enum(errorCodes),
  title: z.string().max(200),
  /** What happened this time, sanitised; holds the server's own words where they help. */
  detail: z.string().max(2_000),
  causes: z.array(z.string().max(500)).max(8),
  fixes: z.array(z.string().max(500)).max(8),
  /** What can be done about it with one click, the most probable one first; absent where there is nothing. */
  actions: z.array(errorActionSchema).max(maxErrorActions).optional(),
  /** SQLSTATE (`28P01`) or errno (`ECONNREFUSED`) as the driver gave it. */
  driverCode: z.string().max(64).nullable(),
  /** Whether the same attempt may succeed later without anybody changing anything. */
  retryable: z.boolean(),
  /** How long the same attempt is refused from now on; absent where nobody has to wait. */
  retryAfterMs: z.number().min(0).optional(),
  correlationId: z.string().max(64).nullable(),
});

export type ErrorDto = z.infer<typeof errorDtoSchema>;
