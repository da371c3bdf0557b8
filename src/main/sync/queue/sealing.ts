import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../base/AppError.ts';
import { lengthPrefixed } from '../../base/canonicalBytes.ts';
import type { QueuedRun } from './RunQueue.ts';
import { type RunBundle, runBundleSchema } from './runBundle.ts';
import type { WorkerKey } from './WorkerKey.ts';

/**
 * A sealed bundle, version 1, in base64: `01 | 01 | key id, 8 bytes | expiry, 8 bytes big-endian milliseconds since the
 * epoch | nonce, 12 | tag, 16 | ciphertext`. The second byte is the suite: 1 is AES-256-GCM. All that stands before the
 * nonce is authenticated, and so are the ids of the run and its pipeline, which travel beside it.
 */
const format = Buffer.from([1, 1]);
const cipherName = 'aes-256-gcm';
const tagBytes = 16;
const expiryStart = 10;
const nonceStart = 18;
const tagStart = 30;
const ciphertextStart = 46;

type RunIds = Pick<QueuedRun, 'id' | 'pipelineId'>;

/**
 * Seals what a worker needs for a run.
 * @param expiresAt milliseconds since the epoch; it cannot be opened from then on
 */
export function sealBundle(bundle: RunBundle, key: WorkerKey, expiresAt: number): string {
  const plaintext = Buffer.from(JSON.stringify(bundle));
  try {
    const header = headerOf(key, expiresAt);
    const nonce = randomBytes(tagStart - nonceStart);
    const cipher = createCipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
    cipher.setAAD(additionalData(header, { id: bundle.runId, pipelineId: bundle.pipelineId }));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
  } finally {
    plaintext.fill(0);
  }
}

/**
 * Opens the bundle of a run that came from the queue.
 * @param now milliseconds since the epoch
 * @throws SECRET_TAMPERED, VAULT_WRONG_KEY when it was sealed for another group of workers, QUEUE_UNAVAILABLE when it has
 *   expired
 */
export function openBundle(run: QueuedRun, key: WorkerKey, now: number): RunBundle {
  const sealed = Buffer.from(run.sealed, 'base64');
  const isOurs = sealed.length > ciphertextStart && sealed.subarray(0, format.length).equals(format);
  if (!isOurs) throw tampered();
  const keyId = sealed.subarray(format.length, expiryStart).toString('hex');
  if (keyId !== key.id) throw otherKey();
  const plaintext = decrypt(sealed, key, run);
  try {
    const expiresAt = Number(sealed.readBigUInt64BE(expiryStart));
    if (now >= expiresAt) throw expired();
    return read(plaintext, run);
  } finally {
    plaintext.fill(0);
  }
}

/** Nothing of a bundle is looked at before it is authenticated. */
function decrypt(sealed: Buffer, key: WorkerKey, run: RunIds): Buffer {
  const nonce = sealed.subarray(nonceStart, tagStart);
  const decipher = createDecipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(sealed.subarray(0, nonceStart), run));
  decipher.setAuthTag(sealed.subarray(tagStart, ciphertextStart));
  const plaintext = decipher.update(sealed.subarray(ciphertextStart));
  try {
    decipher.final();
    return plaintext;
  } catch (error) {
    plaintext.fill(0);
    throw tampered(error);
  }
}

function read(plaintext: Buffer, run: RunIds): RunBundle {
  const bundle = runBundleSchema.safeParse(JSON.parse(plaintext.toString('utf8')));
  // Sealed by a newer version of the app. What did not fit is a secret, so that no cause is given.
  if (!bundle.success) throw unreadable();
  if (bundle.data.runId !== run.id || bundle.data.pipelineId !== run.pipelineId) throw tampered();
  return bundle.data;
}

function headerOf(key: WorkerKey, expiresAt: number): Buffer {
  const expiry = Buffer.alloc(nonceStart - expiryStart);
  expiry.writeBigUInt64BE(BigInt(Math.trunc(expiresAt)));
  return Buffer.concat([format, Buffer.from(key.id, 'hex'), expiry]);
}

function additionalData(header: Buffer, run: RunIds): Buffer {
  return lengthPrefixed(['mooring-run', header, run.id, run.pipelineId]);
}

function tampered(cause?: unknown): AppError {
  return new AppError('SECRET_TAMPERED', {
    title: 'The run in the queue was changed',
    detail: 'What the queue holds is not what was put into it for this run.',
    causes: ['Somebody who can write to the queue changed it.', 'The queue was restored from a backup.'],
    fixes: ['Find out who can write to the queue.', 'Run the pipeline again.'],
    cause,
  });
}

function otherKey(): AppError {
  return new AppError('VAULT_WRONG_KEY', {
    title: 'This worker has another key',
    detail: 'The run was sealed with a key that this worker does not have.',
    fixes: ['Give the worker the key of the app that runs the pipeline.'],
  });
}

function expired(): AppError {
  return new AppError('QUEUE_UNAVAILABLE', {
    title: 'The run waited too long in the queue',
    detail: 'Its log-ins were sealed for a limited time, which has passed.',
    causes: ['No worker was free, or none was running.', 'The clock of the worker is wrong.'],
    fixes: ['Run the pipeline again.', 'Run more workers.'],
  });
}

function unreadable(): AppError {
  return new AppError('QUEUE_UNAVAILABLE', {
    title: 'This worker is older than the app',
    detail: 'The run holds something that this version of the worker does not know.',
    fixes: ['Use the same version of Mooring on all computers that work on the queue.'],
  });
}
