import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Where the password of a server's role is kept. The vault stands behind it. */
export interface ServerSecrets {
  /** The password, or null when there is none. Rejects when there is one that cannot be opened. */
  read(): Promise<string | null>;
  write(password: string): Promise<void>;
}

/**
 * The password of the role: the one in the vault, or a new one of 256 random bits, in letters, digits, `-` and
 * `_`. The vault has it before the cluster does, so that a crash in between leaves no cluster that nobody can open.
 */
export async function ensurePassword(secrets: ServerSecrets): Promise<string> {
  const kept = await secrets.read();
  if (kept !== null) return kept;
  const password = randomBytes(32).toString('base64url');
  await secrets.write(password);
  return password;
}

/** What PostgreSQL itself uses by default (`scram_iterations`). */
const iterationCount = 4_096;

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * What PostgreSQL keeps of a password: with it the server can check a login, and nobody can log in with it. Computed
 * here so that the password itself is in no statement, and so in no log.
 * Source: RFC 5802, section 3; RFC 7677; the text form is that of PostgreSQL's `pg_authid.rolpassword`.
 * @param password ASCII only: SASLprep, which other characters need, is not applied
 * @param salt 16 random bytes
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, iterationCount, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest();
  const serverKey = hmac(salted, 'Server Key');
  const encoded = [salt, storedKey, serverKey].map((part) => part.toString('base64'));
  return `SCRAM-SHA-256$${iterationCount}:${encoded[0]}$${encoded[1]}:${encoded[2]}`;
}
