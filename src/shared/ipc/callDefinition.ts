import type { z } from 'zod';
import type { AuditedAs } from './auditedCall.ts';

/** One call of the renderer to main. */
export interface CallDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** A call that changes what is kept or touches secrets leaves one line in the audit trail; null for the others. */
  readonly audited: AuditedAs<never, never> | null;
  /** Whether it is answered while the window is locked: only what unlocking itself needs. */
  readonly whileLocked: boolean;
  /** Largest accepted input, in bytes of its JSON text. */
  readonly maxBytes: number;
}

/** Nothing a person does by hand is larger, but for a draft. */
const defaultMaxBytes = 256 * 1024;

export const call = <Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  options: { whileLocked?: boolean; maxBytes?: number } = {},
) => ({
  input,
  output,
  audited: null,
  whileLocked: options.whileLocked ?? false,
  maxBytes: options.maxBytes ?? defaultMaxBytes,
});

/** A call that leaves a line in the audit trail. */
export const audited = <Input extends z.ZodType, Output extends z.ZodType>(
  { input, output, whileLocked, maxBytes }: ReturnType<typeof call<Input, Output>>,
  as: AuditedAs<z.output<Input>, z.output<Output>>,
) => ({ input, output, audited: as, whileLocked, maxBytes });
