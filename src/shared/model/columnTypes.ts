import { z } from 'zod';

/** Digits behind the point of a second. */
const digits = z.int().min(0).max(9);

/** Null: as many as the server takes. */
const length = z.int().min(1).nullable();

/**
 * What a column holds, in no engine's words: the middle between the types of a source and those of a destination.
 * `other` is a type of one engine, which only the same engine takes as it is; everybody else takes its text.
 */
export const logicalTypeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('boolean') }),
  z.strictObject({
    type: z.literal('integer'),
    bits: z.union([z.literal(8), z.literal(16), z.literal(24), z.literal(32), z.literal(64)]),
    isUnsigned: z.boolean(),
  }),
  /** Null: as many digits as a value has. */
  z.strictObject({
    type: z.literal('decimal'),
    precision: z.int().min(1).max(1_000).nullable(),
    scale: z.int().min(-1_000).max(1_000).nullable(),
  }),
  z.strictObject({ type: z.literal('float'), bits: z.union([z.literal(32), z.literal(64)]) }),
  /** Length in characters. */
  z.strictObject({ type: z.literal('text'), length }),
  /** Length in bytes. */
  z.strictObject({ type: z.literal('binary'), length }),
  z.strictObject({ type: z.literal('date') }),
  z.strictObject({ type: z.literal('time'), digits, isZoned: z.boolean() }),
  z.strictObject({ type: z.literal('timestamp'), digits, isZoned: z.boolean() }),
  z.strictObject({ type: z.literal('interval') }),
  z.strictObject({ type: z.literal('uuid') }),
  z.strictObject({ type: z.literal('json') }),
  z.strictObject({ type: z.literal('other'), name: z.string().max(256) }),
]);
export type LogicalType = z.infer<typeof logicalTypeSchema>;

/** A column that is read from somewhere. */
export const sourceColumnSchema = z.strictObject({
  name: z.string().max(256),
  /** As the source declares it, such as `numeric(38,10)`. */
  declared: z.string().max(1_000),
  type: logicalTypeSchema,
  isNullable: z.boolean(),
});
export type SourceColumn = z.infer<typeof sourceColumnSchema>;
