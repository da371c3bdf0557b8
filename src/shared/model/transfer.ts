import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { newPassphraseSchema, passphraseSchema } from './vault.ts';

/** More data sources than one file may hold: a larger one is not read. */
export const maxTransferCount = 5_000;

export const exportInputSchema = z.strictObject({
  ids: z.array(dataSourceIdSchema).min(1).max(maxTransferCount),
  protection: z.discriminatedUnion('type', [
    /** Everything, passwords too, encrypted with a passphrase. */
    z.strictObject({ type: z.literal('passphrase'), passphrase: newPassphraseSchema }),
    /** Readable, and without passwords. */
    z.strictObject({ type: z.literal('no-secrets') }),
  ]),
});
export type ExportInput = z.infer<typeof exportInputSchema>;

/** What became of an export. The person chose the file in a dialog of main's. */
export const exportReportSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('cancelled') }),
  z.strictObject({
    outcome: z.literal('saved'),
    fileName: z.string(),
    dataSourceCount: z.int(),
    secretCount: z.int(),
    /** Data sources whose password could not be opened: they are in the file without it. */
    withoutSecret: z.array(z.string()),
  }),
]);
export type ExportReport = z.infer<typeof exportReportSchema>;

const importIdSchema = z.uuid();

const folderNameSchema = z.string().min(1).max(100);

/** One data source of a file, before anything is imported. */
export const importItemSchema = z.strictObject({
  index: z.int(),
  /** As the file has it, sanitised; for what cannot be read, as far as it can. */
  name: z.string().max(200),
  /** `user@host:port/database`, and what it goes through; null for what cannot be read. */
  address: z.string().max(600).nullable(),
  /** The folder that it stood in where it came from; null for none. */
  folder: folderNameSchema.nullable(),
  hasSecret: z.boolean(),
  /** A saved data source with the same name; null when there is none. */
  conflict: z
    .strictObject({ id: dataSourceIdSchema, name: z.string(), isSameAddress: z.boolean() })
    .nullable(),
  /** Why it cannot be imported; empty when it can. */
  problems: z.array(z.string().max(200)).max(20),
  /** What cannot be carried over, and what a person should look at. */
  notes: z.array(z.string().max(300)).max(20),
});
export type ImportItem = z.infer<typeof importItemSchema>;

/** The product that wrote a file, such as `DBeaver`; null: Mooring. */
const productSchema = z.string().max(40).nullable();

export const importPreviewSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('cancelled') }),
  /** Encrypted: the passphrase is needed first. */
  z.strictObject({
    outcome: z.literal('locked'),
    importId: importIdSchema,
    fileName: z.string(),
    product: productSchema,
  }),
  z.strictObject({
    outcome: z.literal('ready'),
    importId: importIdSchema,
    fileName: z.string(),
    product: productSchema,
    items: z.array(importItemSchema).max(maxTransferCount),
  }),
]);
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importUnlockInputSchema = z.strictObject({
  importId: importIdSchema,
  passphrase: passphraseSchema,
});

/** `add` for those without a conflict; the others skip, replace the saved one, or come in under another name. */
export const importActionSchema = z.enum(['add', 'skip', 'replace', 'keep-both']);
export type ImportAction = z.infer<typeof importActionSchema>;

export const importApplyInputSchema = z.strictObject({
  importId: importIdSchema,
  /** Whether passwords of the file come in, too: those of another product only if the person wants it. */
  withSecrets: z.boolean(),
  choices: z
    .array(z.strictObject({ index: z.int().min(0), action: importActionSchema }))
    .max(maxTransferCount),
});

export const importReportSchema = z.strictObject({
  addedCount: z.int(),
  replacedCount: z.int(),
  skippedCount: z.int(),
  secretCount: z.int(),
  /** Names of those that came in under another name, or could not be imported, and why. */
  notes: z.array(z.strictObject({ name: z.string(), note: z.string() })).max(maxTransferCount),
  /** Those that came in and stood in a folder: the window arranges them. */
  placements: z
    .array(z.strictObject({ id: dataSourceIdSchema, folder: folderNameSchema }))
    .max(maxTransferCount),
});
export type ImportReport = z.infer<typeof importReportSchema>;

export const importIdInputSchema = z.strictObject({ importId: importIdSchema });
