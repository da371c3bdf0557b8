import { z } from 'zod';
import { hostSchema, identifier, plainText, portSchema } from '../../model/fieldText.ts';
import { networkSchema } from '../../model/network.ts';
import { otherHostsSchema } from '../../model/otherHosts.ts';
import { passwordSourceSchema } from '../../model/passwordSource.ts';
import { tlsSettingsSchema } from '../../model/tls.ts';
import { targetSessions } from './hosts.ts';

/** In UTF-8: 64 characters for a database, 80 for a user of MariaDB, each of up to four bytes. */
const maxDatabaseBytes = 256;
const maxUserBytes = 320;
/** The kernel's limit for the path of a socket. */
const maxSocketPathLength = 107;

/** By name (`Europe/Berlin`) or offset (`+02:00`), as the server's `time_zone` takes it. */
const timeZonePattern = /^(?:[+-]\d{2}:\d{2}|[A-Za-z][\w+-]*(?:\/[\w+-]+)*)$/;

/** Whether a path is of a named pipe of this computer, such as `\\.\pipe\MySQL`. */
export const isNamedPipe = (path: string): boolean => /^\\\\\.\\pipe\\[^\\]+$/i.test(path);

/** Where a MySQL or MariaDB server is and who logs in there; no secret is in here. */
export const mysqlConfigSchema = z.strictObject({
  host: hostSchema,
  port: portSchema,
  /** Path of a local socket, or of a named pipe of Windows, used instead of host and port; null for TCP. */
  socketPath: plainText('Socket')
    .max(maxSocketPathLength, { error: `Socket is longer than ${maxSocketPathLength} characters` })
    .refine((path) => path.startsWith('/') || isNamedPipe(path), {
      error: String.raw`Socket must be an absolute path, or a named pipe such as \\.\pipe\MySQL`,
    })
    .nullable(),
  otherHosts: otherHostsSchema,
  /** What a server must be like, else the next host is tried; absent: any. */
  targetSession: z.enum(targetSessions).optional(),
  /** The hosts are tried in an order of chance. */
  balanceHosts: z.literal(true).optional(),
  /** The schema that unqualified names are looked up in; null for none. */
  database: identifier('Database', maxDatabaseBytes).nullable(),
  user: identifier('User', maxUserBytes),
  tls: tlsSettingsSchema.refine(({ mode }) => mode !== 'allow', {
    error: 'MySQL does not have this TLS mode',
    path: ['mode'],
  }),
  /** The session's time zone; null keeps the server's. */
  timeZone: plainText('Time zone')
    .max(64, { error: 'Time zone is longer than 64 characters' })
    .regex(timeZonePattern, {
      error: 'Time zone must be a name such as Europe/Berlin, or an offset such as +02:00',
    })
    .nullable(),
  /** Compresses the traffic (zlib), for slow networks. */
  compression: z.boolean(),
  /** Of TCP alone. */
  network: networkSchema.optional(),
  /** Where the password comes from; absent: a person types it, or it is in the vault. */
  passwordSource: passwordSourceSchema.optional(),
});
export type MysqlConfig = z.infer<typeof mysqlConfigSchema>;
