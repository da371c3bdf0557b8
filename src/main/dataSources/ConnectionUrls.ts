import type { DataSourceId } from '../../shared/model/ids.ts';
import { AppError } from '../base/AppError.ts';
import type { Ask } from '../base/Question.ts';
import { connectionUrlOf } from './connectionUrlOf.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import type { PasswordSource } from './secrets/PasswordSource.ts';

/** What this needs of the shell. */
export interface UrlClipboard {
  copyText(text: string): Promise<void>;
  /** Takes it off the clipboard again after a while. */
  copySecretText(text: string): Promise<void>;
}

export interface ConnectionUrlsOptions {
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly passwords: PasswordSource;
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
    await this.#options.clipboard.copyText(connectionUrlOf(this.#find(id), null));
  }

  /**
   * Asks first.
   * @returns false when the person said no
   * @throws NOT_FOUND, PASSWORD_REQUIRED when there is none to copy, DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async copyWithPassword(id: DataSourceId, signal: AbortSignal): Promise<boolean> {
    const { passwords, clipboard, ask } = this.#options;
    const dataSource = this.#find(id);
    const question = {
      question: `Copy the connection URL of “${dataSource.name}” with its password?`,
      detail:
        'Any program can read the clipboard, and a clipboard manager may keep its contents. Mooring removes the URL after one minute.',
      confirmLabel: 'Copy with password',
    };
    if (!(await ask(question, signal))) return false;
    const password = await passwords.stored(dataSource);
    if (password === null) throw noPassword();
    await clipboard.copySecretText(connectionUrlOf(dataSource, password));
    return true;
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
