import { z } from 'zod';

/** What the keychain and its helper say to each other; both check what they get. */

const account = z.string().min(1).max(200);

/** keytar cuts at a NUL and takes nothing empty; Windows keeps 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
const value = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => !text.includes('\0'));

export const keychainRequestSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('read'), account }),
  z.strictObject({ verb: z.literal('write'), account, value }),
  z.strictObject({ verb: z.literal('remove'), account }),
]);

export type KeychainRequest = z.infer<typeof keychainRequestSchema>;

/** The first message of a helper: it has loaded what it needs, or knows that it cannot. */
export const helperReadySchema = z.strictObject({ outcome: z.literal('ready') });

/** Longest text of an error that is passed on. */
export const failureTextLength = 500;

/** The one answer to each request. A failure's text is for the log and for telling what happened. */
export type KeychainAnswer<Value> =
  | { readonly outcome: 'done'; readonly value: Value }
  | { readonly outcome: 'failed'; readonly text: string };

const failed = z.strictObject({ outcome: z.literal('failed'), text: z.string().max(failureTextLength) });

export const keychainAnswerSchemas = {
  read: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('done'), value: z.string().nullable() }),
    failed,
  ]),
  write: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('done'), value: z.null() }),
    failed,
  ]),
  remove: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('done'), value: z.boolean() }),
    failed,
  ]),
};
