import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { secretText } from './secretField.ts';

/**
 * Where the root key is.
 * - `keychain`: in the keychain of the operating system.
 * - `passphrase`: in Mooring's own file, wrapped by a passphrase.
 * - `session`: in memory only; nothing secret is saved.
 */
export const vaultModeSchema = z.enum(['keychain', 'passphrase', 'session']);
export type VaultMode = z.infer<typeof vaultModeSchema>;

/** Longest passphrase that anything accepts, in characters. */
const maxPassphraseLength = 1_024;
/** A passphrase as it is asked for. */
export const passphraseSchema = secretText('Passphrase', { min: 1, max: maxPassphraseLength });
/** A passphrase as it is chosen. NIST SP 800-63B, 5.1.1.1: at least 8 characters, and no rules about kinds of them. */
export const newPassphraseSchema = secretText('Passphrase', { min: 8, max: maxPassphraseLength });

/** The passphrase there is, typed again for what changes how the key is kept; null where there is none. */
export const currentPassphraseSchema = passphraseSchema.nullable();

/**
 * - `open`: the keys are in memory.
 * - `closed`: they are not, and come back by themselves when they are needed.
 * - `locked`: they are not, and a passphrase is needed.
 */
const vaultLockSchema = z.enum(['open', 'closed', 'locked']);

/** How long a system event or idleness leaves the app unlocked. Only meaningful where there is a passphrase. */
export const appLockSettingsSchema = z.strictObject({
  /** Whether the window itself is locked with the vault, and asks for the passphrase at start. */
  enabled: z.boolean(),
  /** Minutes without a key or a click in Mooring; null never locks for that. */
  idleMinutes: z.int().min(1).max(1_440).nullable(),
  /** When the screen is locked or the machine goes to sleep. */
  withSystem: z.boolean(),
  /** What locking does with open connections. */
  connections: z.enum(['keep', 'close']),
});
export type AppLockSettings = z.infer<typeof appLockSettingsSchema>;
export const defaultAppLockSettings: AppLockSettings = {
  enabled: false,
  idleMinutes: 15,
  withSystem: true,
  connections: 'keep',
};

/** What people see of the vault. Times are epoch milliseconds. */
export const vaultStatusSchema = z.strictObject({
  /** Null until the first secret is saved. */
  mode: vaultModeSchema.nullable(),
  lock: vaultLockSchema,
  /** Whether opening it takes a passphrase: always in mode `passphrase`, in mode `keychain` when one was added. */
  hasPassphrase: z.boolean(),
  /** The key that new secrets are sealed with; null before the first secret and in mode `session`. */
  key: z.strictObject({ version: z.int(), createdAt: z.number() }).nullable(),
  lastRotationAt: z.number().nullable(),
  /** Older keys that are still kept, for backups made before the rotation. */
  retiredKeyCount: z.int(),
  /** How many secrets are stored; in mode `session`, held in memory. */
  secretCount: z.int(),
  /** Whether the key is older than a year and the reminder is on. */
  rotationDue: z.boolean(),
  /** Why the keys could not be had when they were last needed; null when they could. */
  problem: errorDtoSchema.nullable(),
  appLock: appLockSettingsSchema,
  /** Whether the window is locked now: every call but the few that unlock is refused. */
  appLocked: z.boolean(),
});
export type VaultStatus = z.infer<typeof vaultStatusSchema>;

/** How far a long operation of the vault is; `callId` is the one that asked for it. */
export const vaultProgressSchema = z.strictObject({
  callId: z.uuid(),
  step: z.enum(['key', 'seal', 'verify', 'switch', 'clean']),
  doneCount: z.int(),
  totalCount: z.int(),
});
export type VaultProgress = z.infer<typeof vaultProgressSchema>;

export const rotationInputSchema = z.strictObject({
  /** Destroy the old key at once, because somebody may have it: backups made before can then not be opened. */
  destroyOldKey: z.boolean(),
  /** Destroying takes it. */
  current: currentPassphraseSchema,
});

export type RotationInput = z.infer<typeof rotationInputSchema>;

export const rotationReportSchema = z.strictObject({
  version: z.int(),
  resealedCount: z.int(),
  /** Secrets that did not open before either: kept as they are, with their old key. */
  keptCount: z.int(),
  durationMs: z.number(),
});
export type RotationReport = z.infer<typeof rotationReportSchema>;

/** The mode to go to, with what it takes. */
export const modeChoiceSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('keychain') }),
  z.strictObject({ mode: z.literal('passphrase'), passphrase: newPassphraseSchema }),
  /** What is stored leaves the disk and stays in memory until the app ends. */
  z.strictObject({ mode: z.literal('session') }),
]);
export type ModeChoice = z.infer<typeof modeChoiceSchema>;
