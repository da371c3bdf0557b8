import { z } from 'zod';
import {
  dataSourceFieldsSchema,
  secretFieldNameSchema,
  secretValueSchema,
} from '../../shared/model/dataSource.ts';
import { dataSourceIdSchema } from '../../shared/model/ids.ts';

/** The words and shapes of an export file, version 2; docs/transfer.md has the layout for people. */

export const fileExtension = 'mooring';
export const readableFormat = 'mooring-data-sources';
export const sealedFormat = 'mooring-data-sources-encrypted';
/** A file with a higher one is not read. In version 1 a data source is flat (flatFields.ts); all else is the same. */
export const formatVersion = 2;
const knownVersion = z.int().min(1).max(formatVersion);
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
  secrets: z.record(secretFieldNameSchema, secretValueSchema),
});

export type FileEntry = z.infer<typeof readableEntrySchema> &
  Partial<Pick<z.infer<typeof sealedEntrySchema>, 'secrets'>>;

/** The object that a sealed part is in. */
export const sealedFileSchema = z.strictObject({
  format: z.literal(sealedFormat),
  version: knownVersion,
  /** Base64 of what `sealWithPassphraseKey` gives for the bytes of a readable file, with secrets. */
  sealed: z.string(),
});

export const readableFileSchema = z.strictObject({
  format: z.literal(readableFormat),
  version: knownVersion,
  dataSources: z.array(z.unknown()),
});
