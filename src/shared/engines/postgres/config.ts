import { z } from 'zod';
import { hostSchema, identifier, portSchema } from '../../model/fieldText.ts';
import { networkSchema } from '../../model/network.ts';
import { tlsSettingsSchema } from '../../model/tls.ts';

/** PostgreSQL cuts identifiers at 63 bytes without a word, so a longer one would reach another database. */
const maxNameBytes = 63;

/** Where a PostgreSQL server is and who logs in there; no secret is in here. */
export const postgresConfigSchema = z.strictObject({
  host: hostSchema,
  port: portSchema,
  database: identifier('Database', maxNameBytes),
  user: identifier('User', maxNameBytes),
  tls: tlsSettingsSchema,
  network: networkSchema.optional(),
  /** TLS from the first byte, as PostgreSQL 17 and later take it. Absent: after a request in plain text. */
  tlsNegotiation: z.literal('direct').optional(),
  /** Whether the log-in must be, or must not be, bound to the TLS connection. Absent: it is where the server offers it. */
  channelBinding: z.enum(['require', 'disable']).optional(),
});
export type PostgresConfig = z.infer<typeof postgresConfigSchema>;
