import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { ApiError } from '../../lib/api.ts';

/** The questions that make the vault usable; each answers whether it now is. */
export interface VaultQuestions {
  readonly unlock: () => Promise<boolean>;
  readonly chooseMode: (reason: ErrorDto) => Promise<boolean>;
}

export type WithVault = <Value>(work: () => Promise<Value>) => Promise<Value>;

/**
 * Makes a function that runs work which may need the vault. When it fails because the vault is locked, or because
 * nobody has said yet where the key should be, the person is asked and the work is run once more; when the person does
 * not want to, the first error stays.
 */
export function createWithVault(questions: VaultQuestions): WithVault {
  const isSolved = (error: unknown): Promise<boolean> | boolean => {
    if (!(error instanceof ApiError)) return false;
    if (error.dto.code === 'VAULT_PASSPHRASE_REQUIRED') return questions.unlock();
    if (error.dto.code === 'VAULT_MODE_REQUIRED') return questions.chooseMode(error.dto);
    return false;
  };
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(await isSolved(error))) throw error;
      return work();
    }
  };
}
