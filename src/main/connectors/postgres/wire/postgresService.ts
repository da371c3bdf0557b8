import { duringStage } from '../../network/failures/connectError.ts';
import type { EngineWords } from '../../network/failures/connectSubject.ts';
import type { ExpectedService } from '../../network/failures/unexpectedBytes.ts';
import { hopStages, hostStages, type ReachStage } from '../../network/sockets/reachStages.ts';

// Packets of MySQL: three bytes of length, number 0, then protocol 10 and the version, or an error (0xff).
const mysqlGreeting = /^[\s\S]{2}\0\0\n\d+\.\d/;
const mysqlError = /^[\s\S]{2}\0\0\xff[\s\S]{2}(?:#\w{5})?[ -~]*(?:host|connection)/i;

/** What the wire expects to hear, and what it may hear instead. */
export const expectedService: ExpectedService = {
  label: 'PostgreSQL',
  otherEngines: [
    [mysqlGreeting, 'a MySQL or MariaDB server', 'mysql'],
    [mysqlError, 'a MySQL or MariaDB server', 'mysql'],
  ],
};

/** How PostgreSQL is spoken of where a failure of the network is explained. */
export const engineWords: EngineWords = {
  label: 'PostgreSQL',
  usualPorts: 'PostgreSQL usually uses port 5432, PgBouncer 6432',
  usualPort: 5432,
  tlsTurnedOff: 'ssl = off',
};

/** The stages of a connect, in order. */
export type PostgresStage = ReachStage | 'tls' | 'auth' | 'database';
export const postgresStages: readonly string[] = [
  ...hostStages,
  ...hopStages,
  ...(['dns', 'tcp', 'proxy', 'socket', 'tls', 'auth', 'database'] as const),
];

/** What was going on in each. */
export const during: Readonly<Record<PostgresStage, string>> = {
  ...duringStage,
  auth: 'during log-in',
  database: 'while opening the database',
};
