import type { EngineKind, EngineSettings } from '../../../shared/engines/settings.ts';
import type { Draft } from '../../../shared/model/dataSource.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import type { ConnectTarget, DatabaseList } from '../../connectors/Connector.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';
import type { AcceptedHostKeys } from './AcceptedHostKeys.ts';

export interface DatabaseChoicesOptions {
  readonly factory: Pick<ConnectionFactory, 'connect' | 'connectorFor'>;
  readonly targets: ConnectTargets;
  readonly hostKeys: Pick<AcceptedHostKeys, 'withConsent'>;
  readonly clock: Clock;
}

/** Asks a server which databases it has, when the one of a draft is not there. */
export class DatabaseChoices {
  readonly #options: DatabaseChoicesOptions;

  constructor(options: DatabaseChoicesOptions) {
    this.#options = options;
  }

  /**
   * Logs in to the same server, with the same user and secrets, where that works without the database of the draft.
   * @throws UNSUPPORTED; why nobody was let in anywhere; CANCELLED
   */
  async of(draft: Draft, signal: AbortSignal): Promise<readonly string[]> {
    const { hostKeys, targets } = this.#options;
    return hostKeys.withConsent(signal, async () => {
      // Of the draft itself: its secrets are for this server and user, whichever the database.
      const target = await targets.forDraft(draft, signal);
      return this.#ask(draft.fields.engine, target, signal);
    });
  }

  async #ask<Kind extends EngineKind>(
    { kind, config }: EngineSettings<Kind>,
    target: ConnectTarget,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { databases } = this.#options.factory.connectorFor(kind);
    if (databases === undefined) throw new AppError('UNSUPPORTED', { title: 'This server has no databases' });
    let failure: unknown = null;
    for (const elsewhere of databases.elsewhere(config)) {
      try {
        const engine = { kind, config: elsewhere } as EngineSettings;
        return await this.#namesAt(databases, { ...target, engine }, signal);
      } catch (error) {
        throwIfAborted(signal);
        if (!isAppError(error) || !isAboutDatabase(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async #namesAt<Kind extends EngineKind>(
    databases: DatabaseList<Kind>,
    target: ConnectTarget,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { clock, factory } = this.#options;
    const connection = await connectWithDeadline(factory, target, clock, { signal });
    try {
      return await databases.names(connection, { signal });
    } finally {
      void connection.close();
    }
  }
}

/** Another database may let the user in. Anything else would be the same there, and a wrong password would be tried again. */
const isAboutDatabase = ({ code }: AppError): boolean =>
  code === 'DATABASE_NOT_FOUND' || code === 'PERMISSION_DENIED' || code === 'NO_PG_HBA_ENTRY';
