import { z } from 'zod';
import { dataSourceIdSchema } from '../model/ids.ts';
import type { AuditedAs, CallFacts } from './auditedCall.ts';

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

/** A call that leaves no line in the audit trail. */
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

/** The input or output of a call that has none. */
export const nothing = z.null();
/** The input of a call about a data source. */
export const byId = z.strictObject({ id: dataSourceIdSchema });
/** For the audit trail: the call is about the data source with this id. */
export const subjectIsId = ({ id }: { readonly id: string | null }): CallFacts => ({ subject: id });
