import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { secretText } from './secretField.ts';
import { maxEndpointLength, tracesUrlOf } from './traceEndpoint.ts';

/** Whether Mooring traces what it does, where the spans go, and what servers are told of them. Off until a person turns it on. */
export const tracingSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Of an OTLP collector, as typed; null: nothing is sent. */
  endpoint: z
    .string()
    .max(maxEndpointLength)
    .refine((text) => tracesUrlOf(text) !== null)
    .nullable(),
  /** How many of a hundred traces are sent. */
  sharePercent: z.int().min(1).max(100),
  /** Statements of people end with a comment that holds their traceparent. */
  inComment: z.boolean(),
  /** While a statement of a person runs, the application name of its session holds its traceparent. */
  inApplicationName: z.boolean(),
});
export type TracingSettings = z.infer<typeof tracingSettingsSchema>;

/** A token of HTTP; those that say how a request is sent are not for people. */
const headerName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/i)
  .refine(
    (name) =>
      !/^(?:host|connection|expect|te|trailer|upgrade|keep-alive|transfer-encoding|(?:content|proxy)-.*)$/i.test(
        name,
      ),
  );

/** What the collector wants to see: kept in the keychain, for this endpoint alone. */
export const traceHeaderSchema = z.strictObject({
  name: headerName,
  value: secretText('The header', { min: 1, max: 4_096 }).regex(/^[\x20-\x7e]*$/),
});
export type TraceHeader = z.infer<typeof traceHeaderSchema>;

export const tracingStatusSchema = z.strictObject({
  settings: tracingSettingsSchema,
  /** That is sent with the spans. `isKept`: in the keychain; one that is not lasts until the app ends. */
  header: z.strictObject({ name: z.string().max(64), isKept: z.boolean() }).nullable(),
  /** Since tracing was turned on, or the endpoint changed; null while nothing is sent. */
  delivery: z
    .strictObject({
      sentCount: z.int(),
      /** Too many at once, or refused by the collector. */
      droppedCount: z.int(),
      waitingCount: z.int(),
      /** Epoch milliseconds; null before the first. */
      lastSentAt: z.number().nullable(),
      /** Why the last batch was not sent. */
      problem: errorDtoSchema.nullable(),
    })
    .nullable(),
});
export type TracingStatus = z.infer<typeof tracingStatusSchema>;

/** What the collector answered to a test span. */
export const traceTestSchema = z.strictObject({ httpStatus: z.int(), durationMs: z.number() });
export type TraceTest = z.infer<typeof traceTestSchema>;
