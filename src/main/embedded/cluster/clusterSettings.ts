import { appendFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ServerSpec, serverHost } from '../ServerSpec.ts';

const settingsFile = 'mooring.conf';

/**
 * The server listens on this computer only and has no socket in the file system. The log holds what happens to the
 * server, never statements or values: errors of statements go to whoever ran them.
 */
const settingsOf = (
  spec: ServerSpec,
): string => `# Written by Mooring at every start of the server; changes are lost.
listen_addresses = '${serverHost}'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = ${spec.maxConnections}
shared_buffers = '${spec.sharedBuffersMb}MB'
max_wal_size = '128MB'
min_wal_size = '16MB'
wal_level = minimal
max_wal_senders = 0
autovacuum = on
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'ISO, YMD'
lc_messages = 'C'
cluster_name = '${spec.clusterName}'
logging_collector = off
log_destination = 'stderr'
log_statement = none
log_min_error_statement = panic
log_min_messages = log
log_checkpoints = off
`;

/** One way in: one role, from this computer, with SCRAM. The superuser has no password and cannot log in at all. */
const authenticationOf = (
  spec: ServerSpec,
): string => `# Written by Mooring at every start of the server; changes are lost.
# TYPE  DATABASE  USER        ADDRESS        METHOD
host    all       ${spec.role}  ${serverHost}/32   scram-sha-256
`;

/** Lets the settings that initdb chose for this computer stand, and ours decide over them. Once for a new cluster. */
export async function includeSettings(clusterFolder: string, spec: ServerSpec): Promise<void> {
  await appendFile(path.join(clusterFolder, 'postgresql.conf'), `\ninclude = '${settingsFile}'\n`);
  await writeSettings(clusterFolder, spec);
}

/** Writes our settings, so that those of this version of the app hold for clusters of older versions too. */
export async function writeSettings(clusterFolder: string, spec: ServerSpec): Promise<void> {
  await replaceFile(path.join(clusterFolder, settingsFile), settingsOf(spec));
  await replaceFile(path.join(clusterFolder, 'pg_hba.conf'), authenticationOf(spec));
}

async function replaceFile(file: string, text: string): Promise<void> {
  const written = `${file}.new`;
  await writeFile(written, text, { mode: 0o600 });
  await rename(written, file);
}
