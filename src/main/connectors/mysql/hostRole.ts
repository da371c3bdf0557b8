import { z } from 'zod';
import type { TargetSession } from '../../../shared/engines/mysql/hosts.ts';
import { isAppError } from '../../base/AppError.ts';
import type { SqlConnection } from '../Connection.ts';
import { runCatalogueStatement } from '../sql/askCatalogue.ts';
import type { HostDemand } from '../sql/hosts/HostSearch.ts';

const row = z.tuple([z.string(), z.string()]);

/** `super_read_only` turns `read_only` on as well. Replicas of Aurora have the other one. */
const question = 'SELECT @@GLOBAL.read_only, @@GLOBAL.innodb_read_only';

const isOff = (value: string): boolean => /^(?:0|off)$/i.test(value);

/**
 * Whether the server itself takes nothing that is written, as a replica does. What a session asks for does not count.
 * @throws what ended the connection, or the abort's reason
 */
async function isReadOnly(connection: SqlConnection, signal: AbortSignal): Promise<boolean> {
  try {
    const { rows } = await runCatalogueStatement(connection, { text: question }, { signal });
    return row.parse(rows[0]).some((value) => !isOff(value));
  } catch (error) {
    // Servers that only speak the protocol may not know these, and then have no such state.
    if (isAppError(error) && error.code === 'QUERY_FAILED') return false;
    throw error;
  }
}

const wanted: Readonly<Record<Exclude<TargetSession, 'any'>, string>> = {
  'read-write': 'can be written to',
  'read-only': 'is read-only',
};

/** What a search among hosts looks for; null where any will do. */
export const demandFor = (target: TargetSession | undefined): HostDemand | null =>
  target === undefined || target === 'any'
    ? null
    : {
        words: wanted[target],
        judge: async (connection, signal) => {
          const readsOnly = await isReadOnly(connection, signal);
          return {
            isRight: readsOnly === (target === 'read-only'),
            isSecondBest: false,
            words: readsOnly ? 'a read-only server' : 'a server that can be written to',
          };
        },
      };
