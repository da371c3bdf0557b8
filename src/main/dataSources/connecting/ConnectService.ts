import type { DataSource, DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { AppError } from '../../base/AppError.ts';
import type { ConnectionManager } from '../../sessions/ConnectionManager.ts';
import type { DataSourceRepository } from '../DataSourceRepository.ts';
import type { DataSourceService } from '../DataSourceService.ts';
import type { SourceVerifier } from '../secrets/SourceVerifier.ts';
import { dataSourceGone } from '../secrets/sourceIntegrity.ts';
import type { TypedPasswords } from '../secrets/TypedPasswords.ts';
import type { LoginHistory } from './LoginHistory.ts';
import type { PasswordProof } from './PasswordProof.ts';

/** A password typed to connect, and whether it is to be saved when it proved right. */
export interface TypedPassword {
  readonly value: string;
  readonly remember: boolean;
}

export interface ConnectServiceOptions {
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly verifier: SourceVerifier;
  readonly proof: PasswordProof;
  readonly manager: ConnectionManager;
  readonly dataSources: DataSourceService;
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
   * May ask the person to confirm the address first. A typed password that is to be saved, or that is typed while
   * connections are open, is proved by a log-in of its own: an open pool would say nothing about it. It is saved only
   * when the server has accepted it; when saving fails the connection stays.
   * @throws NOT_FOUND, ADDRESS_UNCONFIRMED, DATA_SOURCE_CHANGED, QUESTION_OPEN, PASSWORD_NOT_USED, VAULT_…, or why it
   *   could not connect
   */
  async connect(id: DataSourceId, password: TypedPassword | null, signal: AbortSignal): Promise<void> {
    const { manager, verifier } = this.#options;
    await verifier.confirm(id, password === null ? 'stored' : 'typed', signal);
    const dataSource = this.#find(id);
    if (password === null) return this.#connect(dataSource, signal);
    if (password.remember || manager.isOpen(id)) await this.#connectProved(dataSource, password, signal);
    else await this.#connectWith(dataSource, dataSource, password.value, signal);
  }

  async #connectProved(
    dataSource: DataSource,
    { value, remember }: TypedPassword,
    signal: AbortSignal,
  ): Promise<void> {
    const { dataSources, proof, typed, logins } = this.#options;
    const { id } = dataSource;
    const prove = () => proof.prove(dataSource, value, signal);
    const { fields, wasAsked } = await logins.withConsent(id, dataSource, signal, prove);
    await this.#connectWith(dataSource, fields, value, signal);
    if (!remember) return;
    if (!wasAsked) throw passwordNotUsed();
    await dataSources.keepPassword(id, value, fields);
    typed.drop(id);
  }

  /** @param fields the endpoint that the password is for */
  async #connectWith(
    dataSource: DataSource,
    fields: DataSourceFields,
    value: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { typed } = this.#options;
    const { id } = dataSource;
    typed.set(id, fields, value);
    try {
      await this.#connect(dataSource, signal);
    } catch (error) {
      typed.drop(id);
      throw error;
    }
  }

  /** The person is there: a log-in that is weaker than before can be confirmed. */
  #connect(dataSource: DataSource, signal: AbortSignal): Promise<void> {
    const { manager, logins } = this.#options;
    const { id } = dataSource;
    return logins.withConsent(id, dataSource, signal, () => manager.connect(id, signal));
  }

  #find(id: DataSourceId): DataSource {
    const dataSource = this.#options.repository.find(id);
    if (dataSource === null) throw dataSourceGone();
    return dataSource;
  }
}

function passwordNotUsed(): AppError {
  return new AppError('PASSWORD_NOT_USED', {
    title: 'The server did not ask for a password',
    detail: 'Mooring saves a password only after the server has accepted it.',
    causes: ['The server allows this user to log in without a password.'],
  });
}
