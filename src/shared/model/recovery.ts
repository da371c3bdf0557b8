import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';

/** A copy of the store that passed its check. */
export const backupSchema = z.strictObject({
  /** The file's name in the folder `backups`; also what it is asked for by. */
  name: z.string().max(120),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  dataSourceCount: z.int(),
  secretCount: z.int(),
});
export type Backup = z.infer<typeof backupSchema>;

/** Whether Mooring could read its data, and what it could be restored from. */
export const recoveryStatusSchema = z.strictObject({
  /** Why the store could not be opened; null when it is open. */
  problem: errorDtoSchema.nullable(),
  /** Whether what is there may be moved aside for a new start or a backup: not for a file that is merely too new or busy. */
  canReplace: z.boolean(),
  /** Newest first. */
  backups: z.array(backupSchema),
});
export type RecoveryStatus = z.infer<typeof recoveryStatusSchema>;

export const backupNameInputSchema = z.strictObject({ name: backupSchema.shape.name });

/** What became of what was there before. */
export const replacedStoreSchema = z.strictObject({
  /** The folder, inside the data folder, to which the old files were moved; null when there were none. */
  movedTo: z.string().nullable(),
});
