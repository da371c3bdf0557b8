import { z } from 'zod';
import { type LogLine, loggedErrorSchema, logLevelSchema } from '../../../shared/model/log.ts';

/** A line as it is written: the fields stand beside what every line has. */
const writtenSchema = z.looseObject({
  time: z.iso.datetime(),
  level: logLevelSchema,
  scope: z.string().nullable(),
  correlationId: z.string().nullable(),
  message: z.string(),
  error: loggedErrorSchema.optional(),
});

const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A line of a log file; null for what is none, such as the rest of one that was cut off when the power failed. */
export function readLine(text: string): LogLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = writtenSchema.safeParse(value);
  if (!parsed.success) return null;
  const { time, level, scope, correlationId, message, error = null, ...rest } = parsed.data;
  const fields: LogLine['fields'] = {};
  for (const [key, field] of Object.entries(rest)) {
    const scalar = scalarSchema.safeParse(field);
    if (scalar.success) fields[key] = scalar.data;
  }
  return { at: Date.parse(time), level, scope, correlationId, message, fields, error };
}
