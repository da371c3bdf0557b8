import { connectionUrlOf } from '../../shared/engines/codecs.ts';
import type { DataSource, SecretFieldName } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import { AppError } from '../base/AppError.ts';
import type { Ask } from '../base/Question.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import type { SecretSource } from './secrets/SecretSource.ts';
import { secretFieldsOf } from './secrets/secretRefs.ts';

/** What this needs of the shell. */
export interface UrlClipboard {
  copyText(text: string): Promise<void>;
  /** Takes it off the clipboard again after a while. */
  copySecretText(text: string): Promise<void>;
}

export interface ConnectionUrlsOptions {
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly secrets: Pick<SecretSource, 'stored'>;
  readonly clipboard: UrlClipboard;
  readonly ask: Ask;
}

/** Puts connection URLs on the clipboard. None with a password ever passes through the window. */
export class ConnectionUrls {
  readonly #options: ConnectionUrlsOptions;

  constructor(options: ConnectionUrlsOptions) {
    this.#options = options;
  }

  /** @throws NOT_FOUND */
  async copy(id: DataSourceId): Promise<void> {
    const { engine, timeouts } = this.#find(id);
    await this.#options.clipboard.copyText(connectionUrlOf(engine, timeouts, {}));
  }

  /**
   * Asks first.
   * @returns false when the person said no
   * @throws NOT_FOUND, PASSWORD_REQUIRED when there is none to copy, DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async copyWithPassword(id: DataSourceId, signal: AbortSignal): Promise<boolean> {
    const { clipboard, ask } = this.#options;
    const dataSource = this.#find(id);
    const question = {
      question: `Copy the connection URL of “${dataSource.name}” with its password?`,
      detail:
        'Any program can read the clipboard, and a clipboard manager may keep its contents. Mooring removes the URL after one minute.',
      confirmLabel: 'Copy with password',
    };
    if (!(await ask(question, signal))) return false;
    const secrets = await this.#storedSecrets(dataSource);
    if (Object.keys(secrets).length === 0) throw noPassword();
    await clipboard.copySecretText(connectionUrlOf(dataSource.engine, dataSource.timeouts, secrets));
    return true;
  }

  async #storedSecrets(dataSource: DataSource): Promise<Record<SecretFieldName, string>> {
    const stored: Record<SecretFieldName, string> = {};
    for (const field of secretFieldsOf(dataSource)) {
      const value = await this.#options.secrets.stored(dataSource, field);
      if (value !== null) stored[field] = value;
    }
    return stored;
  }

  #find(id: DataSourceId) {
    const dataSource = this.#options.repository.find(id);
    if (dataSource !== null) return dataSource;
    throw new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
  }
}

function noPassword(): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: 'No password is saved for this data source',
    fixes: ['Copy the URL without a password.'],
  });
}
