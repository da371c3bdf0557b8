import { inDatabase } from '../../../shared/engines/engines.ts';
import type { DataSource, DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Audit } from '../../audit/Audit.ts';
import { AppError } from '../../base/AppError.ts';
import { cleanText } from '../../base/cleanText.ts';
import type { Ask } from '../../base/Question.ts';
import type { SealedSecret, SecretRef } from '../../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../../vault/VaultManager.ts';
import type { InspectedDataSource } from '../DataSourceRepository.ts';
import { endpointHash } from './endpointBinding.ts';
import { endpointText } from './endpointText.ts';
import { dataSourceGone } from './sourceIntegrity.ts';

export interface SecretReleaseOptions {
  readonly vault: VaultManager;
  readonly ask: Ask;
  readonly audit: Audit;
}

/**
 * The only way from a stored secret of a data source to another endpoint than the one it was sealed for: a person must
 * approve that endpoint in main, where no page can answer. The approval covers all secrets of the data source as they
 * are stored now, and this endpoint only. It is kept in memory until the data source is saved or the vault is locked.
 *
 * To the endpoint that a secret was sealed for it goes without a question, and to another database of the same server,
 * which that server has listed; the vault opens it for no other.
 */
export class SecretRelease {
  readonly #options: SecretReleaseOptions;
  readonly #approved = new Map<DataSourceId, string>();

  constructor(options: SecretReleaseOptions) {
    this.#options = options;
  }

  /**
   * The stored secret for use at `to`, or null when none is stored.
   * @throws PASSWORD_REQUIRED when the person refuses, QUESTION_OPEN, SECRET_TAMPERED, VAULT_…
   */
  async open(
    ref: SecretRef,
    saved: InspectedDataSource,
    to: DataSourceFields,
    signal: AbortSignal,
  ): Promise<string | null> {
    const sealedFor = endpointHash(saved.dataSource);
    const expected = { revision: revisionOf(saved, ref) };
    const openNow = () => this.#options.vault.open(ref, sealedFor, expected);
    if (this.#isFree(saved, to)) return openNow();
    // What the question says of the saved address is true only if the secret opens for it.
    if ((await openNow()) === null) return null;
    await this.#requireApproval(saved, to, signal);
    return openNow();
  }

  /**
   * The stored secret sealed anew, as `target`, for the endpoint of `to`; null when none is stored.
   * @throws as `open`
   */
  async copy(
    ref: SecretRef,
    saved: InspectedDataSource,
    target: SecretRef,
    to: DataSource,
    signal: AbortSignal,
  ): Promise<SealedSecret | null> {
    const { vault } = this.#options;
    const sealedFor = endpointHash(saved.dataSource);
    const expected = { revision: revisionOf(saved, ref) };
    const copyNow = () => vault.prepareCopy(ref, sealedFor, target, endpointHash(to), expected);
    if (this.#isFree(saved, to)) return copyNow();
    if ((await copyNow()) === null) return null;
    await this.#requireApproval(saved, to, signal);
    return copyNow();
  }

  /**
   * As `copy`, for another database of the server that the secret was sealed for. The receiver is the same one, so nobody
   * is asked; that the server has this database, the caller knows from that server alone.
   * @throws NOT_FOUND when anything but the database is another one; SECRET_TAMPERED, VAULT_…
   */
  async copyToDatabase(
    ref: SecretRef,
    saved: InspectedDataSource,
    target: SecretRef,
    to: DataSource,
    database: string,
  ): Promise<SealedSecret | null> {
    const engine = inDatabase(saved.dataSource.engine, database);
    const isOnServer =
      engine !== null && endpointHash({ ...saved.dataSource, engine }).equals(endpointHash(to));
    if (!isOnServer) throw dataSourceGone();
    const expected = { revision: revisionOf(saved, ref) };
    const sealedFor = endpointHash(saved.dataSource);
    return this.#options.vault.prepareCopy(ref, sealedFor, target, endpointHash(to), expected);
  }

  /** The data source was saved: what was approved for it has been used, or is out of date. */
  forget(id: DataSourceId): void {
    this.#approved.delete(id);
  }

  forgetAll(): void {
    this.#approved.clear();
  }

  #isFree(saved: InspectedDataSource, to: DataSourceFields): boolean {
    const isSealedFor = endpointHash(saved.dataSource).equals(endpointHash(to));
    return isSealedFor || this.#approved.get(saved.dataSource.id) === approvalOf(saved, to);
  }

  async #requireApproval(
    saved: InspectedDataSource,
    to: DataSourceFields,
    signal: AbortSignal,
  ): Promise<void> {
    const { ask, audit } = this.#options;
    const { id, name } = saved.dataSource;
    const approval = approvalOf(saved, to);
    const question = {
      question: `Send the saved password of “${cleanText(name, 128)}” to another address?`,
      detail: [
        'Whichever server answers at the new address receives the password. Allow this only if you changed the data source yourself. Otherwise cancel; you can still enter the password.',
        `Saved for\n${endpointText(saved.dataSource)}`,
        `New\n${endpointText(to)}`,
      ].join('\n\n'),
      confirmLabel: 'Send the password',
    };
    if (!(await ask(question, signal))) throw typeItAgain();
    this.#approved.set(id, approval);
    audit.record({ operation: 'secret.endpoint-approved', subject: id });
  }
}

/** What the data source says of its secret: one that it does not know of was put there by somebody else. */
function revisionOf({ secretRevisions }: InspectedDataSource, { field }: SecretRef): number {
  return secretRevisions[field] ?? 0;
}

function approvalOf({ secretRevisions }: InspectedDataSource, to: DataSourceFields): string {
  return JSON.stringify([secretRevisions, endpointHash(to).toString('hex')]);
}

function typeItAgain(): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: 'Enter the password again',
    detail:
      'The password was saved for a different address, user, database or encryption. It is not sent to the new address unless you allow it or enter it again.',
    causes: ['The address, user, database or encryption of this data source was changed.'],
    fixes: ['Enter the password in the details.', 'Try again and allow the saved password to be sent.'],
  });
}
