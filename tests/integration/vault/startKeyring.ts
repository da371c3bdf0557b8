import { onTestFinished } from 'vitest';
import { KeyringSession } from '../../support/KeyringSession.ts';
import { temporaryFolder } from '../../support/testStore.ts';

/** A keyring of the running test's own, ended after it. */
export async function startKeyring(): Promise<KeyringSession> {
  const session = await KeyringSession.start(temporaryFolder());
  onTestFinished(() => session.end());
  return session;
}
