import { z } from 'zod';
import { tlsModeSchema } from '../model/tls.ts';

/** Settings of a data source that stand outside of its engine's form, as the wizard names them. */
export const limitFieldSchema = z.enum([
  'connectSeconds',
  'querySeconds',
  'idleInTransactionSeconds',
  'poolMax',
  'readOnly',
]);
export type LimitField = z.infer<typeof limitFieldSchema>;

/** A field of the engine's form, by its key. */
const engineFieldSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** A key that an SSH server has shown in place of a known one. Main compares it with what it saw itself. */
export const hostKeyChangeSchema = z.strictObject({
  host: z.string().max(255),
  port: z.int().min(1).max(65_535),
  /** The type of the key and its fingerprint. */
  fingerprint: z.string().max(120),
});
export type HostKeyChange = z.infer<typeof hostKeyChangeSchema>;

/**
 * What a person can do about an error with one click. The set is closed: what a server says never becomes an action by
 * itself, and an action that names something (a port, a fingerprint) is checked again where it is carried out.
 */
export const errorActionSchema = z.discriminatedUnion('action', [
  /** Uses another TLS mode. A weaker one only after the window has said what that means. */
  z.strictObject({ action: z.literal('set-tls-mode'), mode: tlsModeSchema }),
  /** Puts the focus into a field of the engine's form. */
  z.strictObject({ action: z.literal('open-field'), field: engineFieldSchema }),
  /** The same with a limit, or with the mark that says read-only. */
  z.strictObject({ action: z.literal('open-limit'), field: limitFieldSchema }),
  /** Uses the port that servers of this engine usually have. */
  z.strictObject({ action: z.literal('use-port'), port: z.int().min(1).max(65_535) }),
  /** The server that answered is of another engine, named by its kind. */
  z.strictObject({ action: z.literal('use-engine'), kind: z.string().regex(/^[a-z]{1,40}$/) }),
  /** Lists the databases that the server has, to choose one. */
  z.strictObject({ action: z.literal('choose-database') }),
  /** Uses the demo database instead of a server that is not there. */
  z.strictObject({ action: z.literal('start-demo') }),
  /** Compares the old and the new key of an SSH server in a dialog of the system, and accepts the new one there. */
  hostKeyChangeSchema.extend({ action: z.literal('trust-host-key') }),
  /** Shows what the sessions of the server do, such as who holds a lock. */
  z.strictObject({ action: z.literal('open-activity') }),
  /** Ends the transaction of the tab without keeping its changes. */
  z.strictObject({ action: z.literal('roll-back') }),
]);

export type ErrorAction = z.infer<typeof errorActionSchema>;

/** More would be a choice, not help. */
export const maxErrorActions = 4;
