import { z } from 'zod';
import { dataSourceFieldsSchema, passwordTextSchema } from '../../shared/model/dataSource.ts';
import { dataSourceIdSchema } from '../../shared/model/ids.ts';

/** The words and shapes of an export file, version 1; docs/transfer.md has the layout for people. */

export const fileExtension = 'mooring';
export const readableFormat = 'mooring-data-sources';
export const sealedFormat = 'mooring-data-sources-encrypted';
/** A file with a higher one is not read. */
export const formatVersion = 1;
/** What the sealed part is authenticated as, after its header. */
export const sealingContext: readonly string[] = ['mooring-export', '1'];

export const maxFileMegabytes = 16;
/** Neither written nor read above this: what is exported can be imported. */
export const maxFileBytes = maxFileMegabytes * 1024 * 1024;

/** A data source of a readable file: a secret has no place in it. */
export const readableEntrySchema = z.strictObject({
  /** Its id where it came from: tells which is meant when several saved ones have its name. Never taken over. */
  id: dataSourceIdSchema.optional(),
  fields: dataSourceFieldsSchema,
});

/** A data source inside the sealed part; its secrets by field. */
export const sealedEntrySchema = z.strictObject({
  ...readableEntrySchema.shape,
  secrets: z.strictObject({ password: passwordTextSchema.optional() }),
});

export type FileEntry = z.infer<typeof readableEntrySchema> &
  Partial<Pick<z.infer<typeof sealedEntrySchema>, 'secrets'>>;

/** The object that a sealed part is in. */
export const sealedFileSchema = z.strictObject({
  format: z.literal(sealedFormat),
  version: z.literal(formatVersion),
  /** Base64 of what `sealWithPassphraseKey` gives for the bytes of a readable file, with secrets. */
  sealed: z.string(),
});

export const readableFileSchema = z.strictObject({
  format: z.literal(readableFormat),
  version: z.literal(formatVersion),
  dataSources: z.array(z.unknown()),
});
