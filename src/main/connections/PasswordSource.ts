import type { DataSource, DataSourceFields, Draft } from '../../shared/model/dataSource.ts';
import { AppError } from '../base/AppError.ts';
import { endpointHash } from '../vault/endpointBinding.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import { passwordRef } from './passwordRef.ts';

/** Answers which password belongs to a draft or a data source. Nothing is kept here. */
export class PasswordSource {
  readonly #repository: Pick<DataSourceRepository, 'find'>;
  readonly #vault: VaultManager;

  constructor(repository: Pick<DataSourceRepository, 'find'>, vault: VaultManager) {
    this.#repository = repository;
    this.#vault = vault;
  }

  /** @throws SECRET_TAMPERED, VAULT_… when there is one that does not open */
  ofDataSource(dataSource: DataSource): Promise<string | null> {
    return this.#vault.open(passwordRef(dataSource.id), endpointHash(dataSource));
  }

  /**
   * The password just typed, or the stored one. The stored one goes only to the host it was saved for: a draft
   * with another host must have it typed again.
   * @throws PASSWORD_REQUIRED, NOT_FOUND, SECRET_TAMPERED, VAULT_…
   */
  async ofDraft(draft: Draft): Promise<string | null> {
    if (draft.password.type === 'typed') return draft.password.value;
    if (draft.password.type === 'none' || draft.id === null) return null;
    const saved = this.#repository.find(draft.id);
    if (saved === null) throw new AppError('NOT_FOUND', { title: 'There is no such data source any more' });
    requireSameHost(saved, draft.fields);
    return this.ofDataSource(saved);
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
