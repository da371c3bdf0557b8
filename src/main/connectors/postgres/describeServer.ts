import { z } from 'zod';
import type { ServerInfo } from '../../../shared/model/testReport.ts';
import type { Connection, QueryOptions } from '../Connector.ts';
import { cleanText } from './cleanText.ts';
import { flagCell, numberCell, parseOnlyRow, textCell } from './resultRows.ts';

const serverQuery = `
SELECT pg_catalog.version(),
       pg_catalog.current_setting('server_version'),
       pg_catalog.current_database(),
       current_user,
       pg_catalog.current_setting('TimeZone'),
       pg_catalog.current_setting('server_encoding'),
       pg_catalog.current_setting('client_encoding'),
       pg_catalog.pg_is_in_recovery()
         OR pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool,
       coalesce((SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user), false),
       pg_catalog.floor(pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) * 1000)`;

const serverRow = z.tuple([
  textCell,
  textCell,
  textCell,
  textCell,
  textCell,
  textCell,
  textCell,
  flagCell,
  flagCell,
  numberCell.nullable(),
]);

const maxTextLength = 200;

/** What the server says about itself and this session. */
export async function describeServer(connection: Connection, options: QueryOptions): Promise<ServerInfo> {
  const result = await connection.query({ text: serverQuery, own: { reads: 'catalogue' } }, options);
  const row = parseOnlyRow(result, serverRow);
  const [
    version,
    versionText,
    database,
    user,
    timeZone,
    serverEncoding,
    clientEncoding,
    readOnly,
    isSuperuser,
    at,
  ] = row;
  return {
    version: cleanText(version, maxTextLength),
    // Distributions append their own: `15.18 (Debian 15.18-0+deb12u1)`.
    versionNumber: cleanText(versionText.split(' ')[0] ?? versionText, maxTextLength),
    database,
    user,
    timeZone,
    serverEncoding,
    clientEncoding,
    readOnly,
    isSuperuser,
    startedAt: at,
    tls: connection.tls,
  };
}
