import { z } from 'zod';
import type { TargetSession } from '../../../shared/engines/postgres/hosts.ts';
import type { SqlConnection } from '../Connection.ts';
import { runCatalogueStatement } from '../sql/askCatalogue.ts';
import type { HostDemand } from '../sql/hosts/HostSearch.ts';

/** What decides whether a server is the one that is wanted. */
interface HostRole {
  readonly isStandby: boolean;
  /** Whether its sessions refuse to write unless they are asked to. */
  readonly isReadOnly: boolean;
}

const roleRow = z.tuple([z.enum(['t', 'f']), z.string()]);

const question = `SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('default_transaction_read_only')`;

/**
 * Asks the server itself: a pooler in between does not pass on what a server reports at log-in.
 * @throws what ended the connection, or the abort's reason
 */
async function readHostRole(connection: SqlConnection, signal: AbortSignal): Promise<HostRole> {
  const { rows } = await runCatalogueStatement(connection, { text: question }, { signal });
  const [isStandby, isReadOnly] = roleRow.parse(rows[0]);
  return { isStandby: isStandby === 't', isReadOnly: isReadOnly === 'on' };
}

/** A kind of server that is not left for another one; `prefer-standby` takes any in the end. */
type Demand = Exclude<TargetSession, 'any'>;

/**
 * Whether a server is what libpq's `target_session_attrs` asks for.
 * @param ofReadOnlySource every session of such a data source is read-only because Mooring asks for it, which says nothing
 *   about the server: then only whether it is a standby counts
 */
function fits(demand: Demand, role: HostRole, ofReadOnlySource: boolean): boolean {
  const writes = !role.isStandby && (ofReadOnlySource || !role.isReadOnly);
  switch (demand) {
    case 'read-write':
      return writes;
    case 'read-only':
      return ofReadOnlySource || !writes;
    case 'primary':
      return !role.isStandby;
    case 'standby':
    case 'prefer-standby':
      return role.isStandby;
  }
}

/** As in "db.example.com is a standby". */
function roleText({ isStandby, isReadOnly }: HostRole): string {
  if (isStandby) return 'a standby';
  return isReadOnly ? 'a primary whose sessions are read-only' : 'a primary';
}

const wanted: Readonly<Record<Demand, string>> = {
  'read-write': 'takes sessions that can write',
  'read-only': 'has sessions that are read-only',
  primary: 'is a primary',
  standby: 'is a standby',
  'prefer-standby': 'takes connections',
};

/** What a search among hosts looks for; null where any will do. */
export const demandFor = (target: TargetSession | undefined, ofReadOnlySource: boolean): HostDemand | null =>
  target === undefined || target === 'any'
    ? null
    : {
        words: wanted[target],
        judge: async (connection, signal) => {
          const role = await readHostRole(connection, signal);
          return {
            isRight: fits(target, role, ofReadOnlySource),
            isSecondBest: target === 'prefer-standby',
            words: roleText(role),
          };
        },
      };
