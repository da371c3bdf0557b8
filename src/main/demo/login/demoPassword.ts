import { randomBytes } from 'node:crypto';
import type { DemoSecrets } from './DemoSecrets.ts';

/**
 * The password of the demo's role: the one in the vault, or a new one of 256 random bits, in letters, digits, `-` and
 * `_`. The vault has it before the cluster does, so that a crash in between leaves no cluster that nobody can open.
 */
export async function ensurePassword(secrets: DemoSecrets): Promise<string> {
  const kept = await secrets.read();
  if (kept !== null) return kept;
  const password = randomBytes(32).toString('base64url');
  await secrets.write(password);
  return password;
}
