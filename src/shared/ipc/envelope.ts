import { z } from 'zod';
import { type ErrorDto, errorDtoSchema } from '../errors/errorDto.ts';
import { callIdSchema } from '../model/ids.ts';

/** What every request carries beside its input. The id belongs to the call, not to the method: cancelling A leaves B alone. */
export const requestSchema = z.strictObject({ callId: callIdSchema, input: z.unknown() });

/** What every call answers. Nothing is thrown across the door. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; error: ErrorDto };

export const answerSchema = <Output extends z.ZodType>(output: Output) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: output }),
    z.strictObject({ ok: z.literal(false), error: errorDtoSchema }),
  ]);
