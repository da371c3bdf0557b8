import { z } from 'zod';
import { hostSchema, identifier, plainText, portSchema } from '../../model/fieldText.ts';
import { networkSchema } from '../../model/network.ts';
import { otherHostsSchema } from '../../model/otherHosts.ts';
import { passwordSourceSchema } from '../../model/passwordSource.ts';
import { tlsSettingsSchema } from '../../model/tls.ts';
import { targetSessions } from './hosts.ts';

/** PostgreSQL cuts identifiers at 63 bytes without a word, so a longer one would reach another database. */
const maxNameBytes = 63;

/** The kernel's limit for the path of a socket is 107 bytes; the name of the socket itself takes the rest. */
const maxFolderLength = 90;

/** The folder in which the server keeps its socket. Node reaches no abstract names of Linux, which begin with `@`. */
const socketFolderSchema = plainText('Socket folder')
  .max(maxFolderLength, { error: `Socket folder is longer than ${maxFolderLength} characters` })
  .refine((folder) => folder.startsWith('/'), { error: 'Socket folder must be an absolute path' });

/** Where a PostgreSQL server is and who logs in there; no secret is in here. */
export const postgresConfigSchema = z.strictObject({
  host: hostSchema,
  port: portSchema,
  database: identifier('Database', maxNameBytes),
  user: identifier('User', maxNameBytes),
  tls: tlsSettingsSchema,
  /** Of TCP alone. */
  network: networkSchema.optional(),
  /** TLS from the first byte, as PostgreSQL 17 and later take it. Absent: after a request in plain text. */
  tlsNegotiation: z.literal('direct').optional(),
  /** Whether the log-in must be, or must not be, bound to the TLS connection. Absent: it is where the server offers it. */
  channelBinding: z.enum(['require', 'disable']).optional(),
  /** Where the server keeps its local socket, used instead of the host; absent for TCP. */
  socketFolder: socketFolderSchema.optional(),
  otherHosts: otherHostsSchema,
  /** What a session must be like, else the next host is tried; absent: any. */
  targetSession: z.enum(targetSessions).optional(),
  /** The hosts are tried in an order of chance. */
  balanceHosts: z.literal(true).optional(),
  /** Where the password comes from; absent: a person types it, or it is in the vault. */
  passwordSource: passwordSourceSchema.optional(),
});
export type PostgresConfig = z.infer<typeof postgresConfigSchema>;
