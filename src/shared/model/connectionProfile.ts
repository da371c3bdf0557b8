import { z } from 'zod';
import { engineKindSchema } from '../engines/settings.ts';

/**
 * Settings that a file of the engine's own tools on this computer keeps under a name, such as a service of
 * `pg_service.conf`. A connection text may name one in place of an address.
 */

export const profileNameSchema = z.strictObject({ kind: engineKindSchema, name: z.string().min(1).max(200) });
export type ProfileName = z.infer<typeof profileNameSchema>;

export const connectionProfileSchema = z.strictObject({
  /** Of the file in which it was found. */
  path: z.string().max(4_096),
  /** As they stand there, without those that are secret. */
  settings: z.array(z.strictObject({ name: z.string().max(64), value: z.string().max(4_096) })).max(100),
  /** Whether there was a password or passphrase among them: the window never gets one out of a file. */
  hasSecrets: z.boolean(),
});
export type ConnectionProfile = z.infer<typeof connectionProfileSchema>;
