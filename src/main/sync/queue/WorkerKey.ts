import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../base/AppError.ts';

/** The key of a worker group: whoever has it can open the bundles of its runs. */
export interface WorkerKey {
  /** Tells keys apart, and names the group's queue; no secret. 16 hexadecimal digits, made from the bytes. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

const label = 'mooring-worker-key-1';
const keyBytes = 32;

export function newWorkerKey(): WorkerKey {
  return keyOf(randomBytes(keyBytes));
}

/** The key as one line of text, for the vault and for the workers of other computers. Its end is a checksum. */
export function writeWorkerKey(key: WorkerKey): string {
  return `${label}.${key.bytes.toString('base64url')}.${key.id}`;
}

/** @throws INVALID_INPUT for a line that is no key, or was not copied whole */
export function readWorkerKey(line: string): WorkerKey {
  const [name, text = '', checksum, ...more] = line.trim().split('.');
  const bytes = Buffer.from(text, 'base64url');
  const key = keyOf(bytes);
  const isWhole = name === label && more.length === 0 && bytes.length === keyBytes && key.id === checksum;
  if (isWhole && bytes.toString('base64url') === text) return key;
  throw new AppError('INVALID_INPUT', {
    title: 'This is not a worker key',
    detail:
      'A worker key is one line that begins with “mooring-worker-key-1.”. This one is incomplete or changed.',
    fixes: ['Hand the key over again as a file, and do not edit it.'],
  });
}

/** An id of 64 bits of a hash shows nothing of 256 random bits. */
function keyOf(bytes: Buffer): WorkerKey {
  return { id: createHash('sha256').update(label).update(bytes).digest('hex').slice(0, 16), bytes };
}
