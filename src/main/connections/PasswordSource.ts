import type { DataSource, DataSourceFields, Draft } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Audit } from '../audit/Audit.ts';
import { AppError } from '../base/AppError.ts';
import { endpointHash } from '../vault/endpointBinding.ts';
import type { SecretRef } from '../vault/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import { passwordRef } from './passwordRef.ts';
import type { TypedPasswords } from './TypedPasswords.ts';

export interface PasswordSourceOptions {
  readonly repository: Pick<DataSourceRepository, 'inspect'>;
  readonly vault: VaultManager;
  readonly typed: TypedPasswords;
  readonly audit: Audit;
}

/** Answers which password belongs to a draft or a data source. */
export class PasswordSource {
  readonly #options: PasswordSourceOptions;

  constructor(options: PasswordSourceOptions) {
    this.#options = options;
  }

  /**
   * The password that was typed to connect, else the stored one, else null. A typed one asks nothing of vault and
   * keychain. To be dropped as soon as it is used.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async ofDataSource(dataSource: DataSource): Promise<string | null> {
    return this.#options.typed.get(dataSource.id) ?? this.stored(dataSource);
  }

  /**
   * The stored password, or null.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async stored(dataSource: DataSource): Promise<string | null> {
    const { repository, vault, audit } = this.#options;
    const { id } = dataSource;
    const ref = passwordRef(id);
    const revision = expectedRevision(repository, ref);
    const value = await vault.open(ref, endpointHash(dataSource), { revision });
    // Opening has brought the key with which the data source itself can be checked.
    this.requireUnchanged(id);
    if (value !== null) audit.record({ operation: 'secret.used', subject: id });
    return value;
  }

  /** @throws DATA_SOURCE_CHANGED for one that is not as Mooring saved it, as far as that can be told now */
  requireUnchanged(id: DataSourceId): void {
    const { repository, audit } = this.#options;
    if (repository.inspect(id)?.integrity !== 'changed') return;
    audit.record({ operation: 'data-source.changed-outside', subject: id, outcome: 'DATA_SOURCE_CHANGED' });
    throw dataSourceChanged();
  }

  /**
   * The password just typed, or the stored one. The stored one goes only to the host it was saved for: a draft
   * with another host must have it typed again.
   * @throws PASSWORD_REQUIRED, NOT_FOUND, DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async ofDraft(draft: Draft): Promise<string | null> {
    if (draft.password.type === 'typed') return draft.password.value;
    if (draft.password.type === 'none' || draft.id === null) return null;
    const saved = this.#options.repository.inspect(draft.id)?.dataSource;
    if (saved === undefined)
      throw new AppError('NOT_FOUND', { title: 'There is no such data source any more' });
    requireSameHost(saved, draft.fields);
    return this.stored(saved);
  }
}

/**
 * A stored password goes only to the host it was typed for.
 * @throws PASSWORD_REQUIRED when the host is another
 */
export function requireSameHost(
  saved: Pick<DataSourceFields, 'host'>,
  edited: Pick<DataSourceFields, 'host'>,
): void {
  if (saved.host === edited.host) return;
  throw new AppError('PASSWORD_REQUIRED', {
    title: 'Type the password again',
    detail: `The stored password belongs to ${saved.host}. It is not sent to ${edited.host} unless you type it.`,
    causes: ['The host of this data source was changed.'],
    fixes: ['Type the password in the details.'],
  });
}

/** What the data source says of its secret: one that it does not know of was put there by somebody else. */
export function expectedRevision(
  repository: Pick<DataSourceRepository, 'inspect'>,
  { dataSourceId, field }: SecretRef,
): number {
  return repository.inspect(dataSourceId)?.secretRevisions[field] ?? 0;
}

function dataSourceChanged(): AppError {
  return new AppError('DATA_SOURCE_CHANGED', {
    title: 'This data source was changed outside of Mooring',
    detail:
      'What is saved does not carry the signature that Mooring gave it. Nothing was sent to the server.',
    causes: [
      'Somebody or some program edited Mooring’s data file.',
      'The file was damaged, or only partly restored from a backup.',
    ],
    fixes: [
      'Look at all of its settings. If they are right, confirm them or save them again.',
      'If they are wrong, correct them, or restore Mooring’s data from a backup.',
    ],
  });
}
