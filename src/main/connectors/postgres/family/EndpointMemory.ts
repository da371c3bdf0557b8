import { withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { QueryOptions, QueryResult, SessionPooler, SqlConnection } from '../../Connection.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { runCatalogueStatement } from '../../sql/askCatalogue.ts';
import { firstStartup } from '../login/startAccepted.ts';
import { lendingOf, pgpoolOf } from './poolers.ts';

/** A pooler that has no session left makes whoever asks wait. */
const patienceMs = 2_000;
/** Where it could not be found out so often, it is left at that. */
const mostAttempts = 2;
const firstCount = 3;
const secondCount = 2;

/** A session that can be asked for what a pooler says of itself. */
interface AskedForPooler extends Pick<SqlConnection, 'isInTransaction'> {
  showSimply(setting: 'pool_version', options: QueryOptions): Promise<QueryResult>;
}

/** What the sessions of one endpoint have learnt about it, for those that come later. Kept as long as the process lives. */
export class EndpointMemory {
  /** With which of its settings the last log-in succeeded. */
  startup = firstStartup;
  /** How its pooler lends, once somebody has found out. */
  lends: SessionPooler['lends'] = 'unknown';
  /** The server itself answers: its process ids only look made up. */
  isDirect = false;
  /** A Pgpool-II, once it was found. It passes everything on, and shows at nothing else. */
  pgpool: SessionPooler | null = null;
  #finding: Promise<void> | null = null;
  #examining: Promise<void> | null = null;
  #attemptCount = 0;

  /**
   * Finds out how the pooler lends; who asks meanwhile waits for the same answer. Never rejects.
   * @param session an idle one
   * @param openSecond opens another one for this alone
   */
  examine(
    session: SqlConnection,
    openSecond: (signal: AbortSignal) => Promise<SqlConnection>,
    clock: Clock,
    options: QueryOptions,
  ): Promise<void> {
    if (this.#examining !== null) return this.#examining;
    const isOver = this.isDirect || this.lends !== 'unknown' || this.#attemptCount >= mostAttempts;
    if (isOver || session.isInTransaction) return Promise.resolve();
    this.#attemptCount += 1;
    this.#examining = this.#find(session, openSecond, clock, options).finally(() => {
      this.#examining = null;
    });
    return this.#examining;
  }

  /** Asks once for the version of a Pgpool-II. Never rejects. @param session an idle one */
  findPgpool(session: AskedForPooler, { signal }: QueryOptions): Promise<void> {
    if (session.isInTransaction) return Promise.resolve();
    this.#finding ??= session.showSimply('pool_version', { signal }).then(
      ({ rows }) => {
        this.pgpool = pgpoolOf(rows[0]?.[0]);
      },
      () => {
        // A server has no such setting; whoever gave up heard nothing of it, and the next one asks again.
        if (signal.aborted) this.#finding = null;
      },
    );
    return this.#finding;
  }

  async #find(
    session: SqlConnection,
    openSecond: (signal: AbortSignal) => Promise<SqlConnection>,
    clock: Clock,
    { signal }: QueryOptions,
  ): Promise<void> {
    const late = () => new WireFailure('closed', 'The pooler did not answer in time.');
    try {
      const first = await processIds(session, firstCount, signal);
      this.isDirect = first.every((id) => id === session.backendId);
      if (this.isDirect) return;
      this.lends = lendingOf(first, []);
      if (this.lends !== 'unknown') return;
      await withDeadline(clock, signal, patienceMs, late, async (bounded) => {
        const second = await openSecond(bounded);
        try {
          this.lends = lendingOf(first, await processIds(second, secondCount, bounded));
        } finally {
          second.destroy();
        }
      });
    } catch {
      // It stays unknown.
    }
  }
}

/** The sessions of the server that answer over one of ours. */
async function processIds(
  session: SqlConnection,
  count: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const statement = { text: 'SELECT pg_catalog.pg_backend_pid()' };
    const { rows } = await runCatalogueStatement(session, statement, { signal, timeoutMs: patienceMs });
    ids.push(Number(rows[0]?.[0]));
  }
  return ids;
}
