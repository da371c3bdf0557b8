import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from './withVault.ts';

/** Work that fails with these codes, one a run, and then gets done. */
function workFailing(...codes: ErrorCode[]) {
  const state = { runCount: 0 };
  const work = async (): Promise<string> => {
    const code = codes[state.runCount];
    state.runCount += 1;
    if (code !== undefined) throw new ApiError(someErrorDto(code));
    return 'done';
  };
  return { state, work };
}

/** A person who answers every question the same way. */
function person(answer: boolean) {
  const asked: string[] = [];
  const withVault = createWithVault({
    unlock: async () => {
      asked.push('unlock');
      return answer;
    },
    chooseMode: async (reason) => {
      asked.push(reason.code);
      return answer;
    },
  });
  return { asked, withVault };
}

describe('work that needs the vault', () => {
  it.each([
    ['VAULT_PASSPHRASE_REQUIRED', 'unlock'],
    ['VAULT_MODE_REQUIRED', 'VAULT_MODE_REQUIRED'],
  ] as const)('asks after %s, and gets done by itself', async (code, question) => {
    const { asked, withVault } = person(true);
    expect(await withVault(workFailing(code).work)).toBe('done');
    expect(asked).toEqual([question]);
  });

  it('keeps its error when the person does not want to, and is not run again', async () => {
    const { state, work } = workFailing('VAULT_PASSPHRASE_REQUIRED');
    await expect(person(false).withVault(work)).rejects.toMatchObject({
      dto: { code: 'VAULT_PASSPHRASE_REQUIRED' },
    });
    expect(state.runCount).toBe(1);
  });

  it('asks once only: what fails again fails', async () => {
    const { asked, withVault } = person(true);
    const { work } = workFailing('VAULT_PASSPHRASE_REQUIRED', 'VAULT_PASSPHRASE_REQUIRED');
    await expect(withVault(work)).rejects.toMatchObject({ dto: { code: 'VAULT_PASSPHRASE_REQUIRED' } });
    expect(asked).toHaveLength(1);
  });

  it('asks nothing about other failures', async () => {
    const { asked, withVault } = person(true);
    await expect(withVault(workFailing('DISK_FULL').work)).rejects.toMatchObject({
      dto: { code: 'DISK_FULL' },
    });
    expect(asked).toEqual([]);
  });
});
