import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { secretText } from './secretField.ts';
import { authoritySchema } from './tls.ts';

/**
 * How the wire to the queue is protected. `off`: not at all. `verified`: the server shows a certificate for its host name,
 * from one of these authorities; `caPem` null: from one that the system trusts.
 */
export const queueTlsSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('off') }),
  z.strictObject({ mode: z.literal('verified'), caPem: authoritySchema.nullable() }),
]);
export type QueueTls = z.infer<typeof queueTlsSchema>;

/** Without white space, control characters and what would make it a URL. */
const host = z
  .string()
  .max(255)
  .regex(/^[^\s\p{C}/@?#]+$/u, { error: 'Not a host name' });
const port = z.int().min(1).max(65_535);
/** Without control characters. */
const name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^\P{C}+$/u);

/** A Redis or a Valkey. `user` null: the default user. `database`: its number. */
export const redisPlaceSchema = z.strictObject({
  type: z.literal('redis'),
  host,
  port,
  user: name.nullable(),
  database: z.int().min(0).max(9_999),
  tls: queueTlsSchema,
});
export type RedisPlace = z.infer<typeof redisPlaceSchema>;

export const postgresPlaceSchema = z.strictObject({
  type: z.literal('postgres'),
  host,
  port,
  user: name,
  database: name,
  tls: queueTlsSchema,
});
export type PostgresPlace = z.infer<typeof postgresPlaceSchema>;

/** A server that several computers use. */
export const sharedPlaceSchema = z.discriminatedUnion('type', [redisPlaceSchema, postgresPlaceSchema]);
export type SharedPlace = z.infer<typeof sharedPlaceSchema>;

/** Where the queue of runs is kept. `local`: in a server of the app's own, on this computer. */
export const queuePlaceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('local') }),
  redisPlaceSchema,
  postgresPlaceSchema,
]);
export type QueuePlace = z.infer<typeof queuePlaceSchema>;

/** All that decides who gets the password, in this order. The bytes of the host name are compared as they are. */
export function placeParts(place: SharedPlace): readonly string[] {
  const { type, host, port, user, database, tls } = place;
  const authority = tls.mode === 'verified' ? (tls.caPem ?? 'system') : 'none';
  return [type, host, String(port), user ?? '', String(database), tls.mode, authority];
}

/** Whether a password of the one may go to the other. */
export function samePlace(left: QueuePlace, right: QueuePlace): boolean {
  if (left.type === 'local' || right.type === 'local') return left.type === right.type;
  const parts = placeParts(right);
  return placeParts(left).every((part, index) => part === parts[index]);
}

export const queueSettingsSchema = z
  .strictObject({
    place: queuePlaceSchema,
    /** Whether this computer executes runs, too. Nobody else could of a queue that is here. */
    executesHere: z.boolean(),
  })
  .refine(({ place, executesHere }) => place.type !== 'local' || executesHere, {
    error: 'Nobody would execute the runs',
    path: ['executesHere'],
  });
export type QueueSettings = z.infer<typeof queueSettingsSchema>;

export const defaultQueueSettings: QueueSettings = { place: { type: 'local' }, executesHere: true };

export const maxQueuePasswordLength = 4_096;
/** A password as it is typed. It is kept in the vault, for this place alone. */
export const queuePasswordSchema = secretText('Password', { min: 1, max: maxQueuePasswordLength });

/** `keep`: the one that is kept, which goes to no other place than the one it was given for. */
export const passwordChoiceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('keep') }),
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('new'), value: queuePasswordSchema }),
]);
export type PasswordChoice = z.infer<typeof passwordChoiceSchema>;

export const configureQueueInputSchema = z.strictObject({
  settings: queueSettingsSchema,
  password: passwordChoiceSchema,
});
export type ConfigureQueueInput = z.infer<typeof configureQueueInputSchema>;

export const testQueueInputSchema = z.strictObject({
  place: sharedPlaceSchema,
  password: passwordChoiceSchema,
});
export type TestQueueInput = z.infer<typeof testQueueInputSchema>;

/** A server that can be the queue. What it cannot is an error of the call. */
export const queueTestSchema = z.strictObject({
  /** As the server calls itself. */
  product: z.enum(['Redis', 'Valkey', 'PostgreSQL']),
  version: z.string().max(100),
  durationMs: z.number(),
});
export type QueueTest = z.infer<typeof queueTestSchema>;

/**
 * - `stopped`: nothing has asked for it since the start.
 * - `unavailable`: it is tried again by itself.
 * - `moving`: runs come to a checkpoint, to go on in another place.
 */
export const queueStateSchema = z.enum(['stopped', 'starting', 'running', 'unavailable', 'moving']);
export type QueueState = z.infer<typeof queueStateSchema>;

export const queueStatusSchema = z.strictObject({
  settings: queueSettingsSchema,
  /** Whether a password is kept for the place. */
  hasPassword: z.boolean(),
  /** Of the key that runs are sealed with; null before the first one is made. */
  keyId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  state: queueStateSchema,
  /** Why it is unavailable; null when it is not, or nobody knows. */
  problem: errorDtoSchema.nullable(),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/** A new key, in a file that the person has named. Null when the person closed the dialog: nothing has changed. */
export const workerKeyFileSchema = z.strictObject({ fileName: z.string(), keyId: z.string() }).nullable();
export type WorkerKeyFile = z.infer<typeof workerKeyFileSchema>;
