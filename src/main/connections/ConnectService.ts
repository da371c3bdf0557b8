import type { DataSourceId } from '../../shared/model/ids.ts';
import type { ConnectionManager } from './ConnectionManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import type { DataSourceService } from './DataSourceService.ts';
import type { LoginHistory } from './LoginHistory.ts';
import type { TypedPasswords } from './TypedPasswords.ts';

/** A password typed to connect, and whether it is to be saved when it proved right. */
export interface TypedPassword {
  readonly value: string;
  readonly remember: boolean;
}

export interface ConnectServiceOptions {
  readonly manager: ConnectionManager;
  readonly dataSources: DataSourceService;
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly typed: TypedPasswords;
  readonly logins: Pick<LoginHistory, 'withConsent'>;
}

/** Connects when a person asks for it: with the stored password, or with one typed just now. */
export class ConnectService {
  readonly #options: ConnectServiceOptions;

  constructor(options: ConnectServiceOptions) {
    this.#options = options;
    options.manager.onState.on(({ id, state }) => {
      if (state.status === 'idle') options.typed.drop(id);
    });
    options.manager.onPasswordStale.on((id) => options.typed.drop(id));
  }

  /**
   * A typed password is saved only after the server took it; when that fails the connection stays.
   * @throws NOT_FOUND, VAULT_…, or why it could not connect
   */
  async connect(id: DataSourceId, password: TypedPassword | null, signal: AbortSignal): Promise<void> {
    const { dataSources, typed } = this.#options;
    if (password === null) return this.#connect(id, signal);
    typed.set(id, password.value);
    try {
      await this.#connect(id, signal);
    } catch (error) {
      typed.drop(id);
      throw error;
    }
    if (!password.remember) return;
    await dataSources.keepPassword(id, password.value);
    typed.drop(id);
  }

  /** The person is there: a log-in that is weaker than before can be confirmed. */
  #connect(id: DataSourceId, signal: AbortSignal): Promise<void> {
    const { manager, repository, logins } = this.#options;
    const connect = () => manager.connect(id, signal);
    const dataSource = repository.find(id);
    return dataSource === null ? connect() : logins.withConsent(id, dataSource, signal, connect);
  }
}
