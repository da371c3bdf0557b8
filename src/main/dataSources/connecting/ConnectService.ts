import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { AppError } from '../../base/AppError.ts';
import type { ConnectionManager } from '../../sessions/ConnectionManager.ts';
import type { DataSourceRepository } from '../DataSourceRepository.ts';
import type { DataSourceService } from '../DataSourceService.ts';
import type { AllowedCommands } from '../passwords/AllowedCommands.ts';
import type { PasswordSources } from '../passwords/PasswordSources.ts';
import type { SourceVerifier } from '../secrets/SourceVerifier.ts';
import { dataSourceGone } from '../secrets/sourceIntegrity.ts';
import type { TypedSecret, TypedSecrets } from '../secrets/TypedSecrets.ts';
import type { AcceptedHostKeys } from './AcceptedHostKeys.ts';
import type { LoginHistory } from './LoginHistory.ts';
import type { SecretProof } from './SecretProof.ts';
import type { SshDialogues } from './SshDialogues.ts';

/** A secret typed to connect, and whether it is to be saved when it proved right. */
export interface SecretToConnect extends TypedSecret {
  readonly remember: boolean;
}

export interface ConnectServiceOptions {
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly verifier: SourceVerifier;
  readonly proof: SecretProof;
  readonly manager: ConnectionManager;
  readonly dataSources: DataSourceService;
  readonly typed: TypedSecrets;
  readonly logins: Pick<LoginHistory, 'withConsent'>;
  readonly hostKeys: Pick<AcceptedHostKeys, 'withConsent'>;
  readonly sshDialogues: Pick<SshDialogues, 'attend'>;
  readonly allowedCommands: Pick<AllowedCommands, 'withConsent'>;
  readonly passwords: Pick<PasswordSources, 'forget'>;
}

/** Connects when a person asks for it: with the stored secrets, or with one typed just now. */
export class ConnectService {
  readonly #options: ConnectServiceOptions;

  constructor(options: ConnectServiceOptions) {
    this.#options = options;
    options.manager.onState.on(({ id, state }) => {
      if (state.status === 'idle') options.typed.drop(id);
    });
    options.manager.onSecretsStale.on((id) => options.typed.drop(id));
  }

  /**
   * May ask the person to confirm the address first. A typed secret that is to be saved, or that is typed while
   * connections are open, is proved by a log-in of its own: an open pool would say nothing about it. It is saved only
   * when the server has accepted it; when saving fails the connection stays.
   * @throws NOT_FOUND, ADDRESS_UNCONFIRMED, DATA_SOURCE_CHANGED, QUESTION_OPEN, PASSWORD_NOT_USED, VAULT_…, or why it
   *   could not connect
   */
  async connect(id: DataSourceId, secret: SecretToConnect | null, signal: AbortSignal): Promise<void> {
    const { manager, verifier } = this.#options;
    await verifier.confirm(id, secret === null ? 'stored' : 'typed', signal);
    const dataSource = this.#find(id);
    if (secret === null) return this.#connect(dataSource, signal);
    if (secret.remember || manager.isOpen(id)) await this.#connectProved(dataSource, secret, signal);
    else await this.#connectWith(dataSource, dataSource, secret, signal);
  }

  /**
   * Connects to another database of the server of a data source, with what that data source is connected with now.
   * @throws NOT_FOUND, or why it could not connect
   */
  async connectDatabase(
    sourceId: DataSourceId,
    databaseId: DataSourceId,
    signal: AbortSignal,
  ): Promise<void> {
    const { manager } = this.#options;
    await this.#attended(this.#find(sourceId), signal, () => manager.connect(databaseId, signal));
  }

  async #connectProved(dataSource: DataSource, secret: SecretToConnect, signal: AbortSignal): Promise<void> {
    const { dataSources, proof, typed } = this.#options;
    const { id } = dataSource;
    const prove = () => proof.prove(dataSource, secret, signal);
    const { endpoint, wasAsked } = await this.#attended(dataSource, signal, prove);
    await this.#connectWith(dataSource, endpoint, secret, signal);
    if (!secret.remember) return;
    if (!wasAsked) throw passwordNotUsed();
    await dataSources.keepSecret(id, secret, endpoint);
    typed.drop(id);
  }

  /** @param endpoint the one that the secret is for */
  async #connectWith(
    dataSource: DataSource,
    endpoint: EndpointFields,
    secret: TypedSecret,
    signal: AbortSignal,
  ): Promise<void> {
    const { typed } = this.#options;
    const { id } = dataSource;
    typed.set(id, endpoint, secret);
    try {
      await this.#connect(dataSource, signal);
    } catch (error) {
      typed.drop(id);
      throw error;
    }
  }

  #connect(dataSource: DataSource, signal: AbortSignal): Promise<void> {
    const { manager } = this.#options;
    return this.#attended(dataSource, signal, () => manager.connect(dataSource.id, signal));
  }

  /**
   * The person is there: a password command can be allowed, a new SSH server accepted and its questions answered, and a
   * log-in that is weaker than before confirmed.
   */
  #attended<Value>(
    dataSource: DataSource,
    signal: AbortSignal,
    attempt: () => Promise<Value>,
  ): Promise<Value> {
    const { logins, hostKeys, sshDialogues, allowedCommands, passwords } = this.#options;
    const { id } = dataSource;
    passwords.forget(dataSource);
    const consenting = () => allowedCommands.withConsent(signal, () => hostKeys.withConsent(signal, attempt));
    return sshDialogues.attend(id, () => logins.withConsent(id, dataSource, signal, consenting));
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
