import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { maxQueuePasswordLength } from '../../shared/model/queueSettings.ts';
import { isAppError } from '../base/AppError.ts';
import { systemCodeOf } from '../base/files/fileErrors.ts';
import type { QueueStore } from '../sync/queue/QueueStore.ts';
import { readWorkerKey, type WorkerKey } from '../sync/queue/WorkerKey.ts';
import { commandError } from './commandErrors.ts';
import { type ConfigurationFile, readAuthoritiesFile, readSecretFile } from './configurationFiles.ts';
import { readQueueAddress } from './queueAddress.ts';
import type { WorkerOptions } from './workerOptions.ts';

/** All that a worker was started with, checked. */
export interface WorkerSettings {
  readonly store: QueueStore;
  readonly key: WorkerKey;
  readonly concurrency: number;
  /** What the app shows; several workers may have the same. */
  readonly name: string;
  /** Where files go that pipelines write, without links in its path; null: nowhere. */
  readonly filesFolder: string | null;
  /** Of the health endpoint; null: none. */
  readonly healthPort: number | null;
}

const whole = (min: number, max: number, error: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));

const concurrencySchema = whole(1, 64, 'a number from 1 to 64.');
const portSchema = whole(1, 65_535, 'a port is a number from 1 to 65535.');
const nameSchema = z
  .string()
  .regex(/^[\p{L}\p{N}._-]{1,60}$/u, { error: 'up to 60 letters, digits, dots, dashes and underscores.' });

/** @throws INVALID_INPUT with one line that names the mistake, and says what to do */
export async function readWorkerSettings(
  { text }: Pick<WorkerOptions, 'text'>,
  environment: NodeJS.ProcessEnv,
): Promise<WorkerSettings> {
  const credentials = environment.CREDENTIALS_DIRECTORY || null;
  const address = text('queue');
  if (address === undefined) throw commandError('--queue ADDRESS is missing: where runs are taken from.');
  const caFile = text('ca-file');
  const caPem =
    caFile === undefined ? null : await readAuthoritiesFile({ path: caFile, option: '--ca-file' });
  const place = readQueueAddress(address, caPem);
  const files = text('files');
  return {
    store: { ...place, password: await queuePassword(text('queue-password-file'), environment, credentials) },
    key: await workerKey(text('key-file'), credentials),
    concurrency: checked(concurrencySchema, '--concurrency', text('concurrency') ?? '2'),
    name: checked(nameSchema, '--name', text('name') ?? hostname().slice(0, 60)),
    filesFolder: files === undefined ? null : await writableFolder(files),
    healthPort: mapped(text('health'), (port) => checked(portSchema, '--health', port)),
  };
}

async function queuePassword(
  path: string | undefined,
  environment: NodeJS.ProcessEnv,
  credentials: string | null,
): Promise<string | null> {
  const file = await secretFile(path, '--queue-password-file', 'queue-password', credentials);
  const password =
    file === null ? environment.MOORING_QUEUE_PASSWORD : await readSecretFile(file, credentials);
  if (password === undefined) return null;
  if (password !== '' && password.length <= maxQueuePasswordLength) return password;
  throw commandError('The password of the queue is empty or too long.');
}

async function workerKey(path: string | undefined, credentials: string | null): Promise<WorkerKey> {
  const file = await secretFile(path, '--key-file', 'worker-key', credentials);
  if (file === null) throw commandError('--key-file FILE is missing: the worker key that the app has saved.');
  const line = await readSecretFile(file, credentials);
  try {
    return readWorkerKey(line);
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw commandError(`${file.option}: ${error.message} (${file.path}). ${error.detail}`, error);
  }
}

/** The file that an option names, else the credential that systemd has put there; null for neither. */
async function secretFile(
  path: string | undefined,
  option: string,
  credential: string,
  credentials: string | null,
): Promise<ConfigurationFile | null> {
  if (path !== undefined) return { path, option };
  if (credentials === null) return null;
  const given = join(credentials, credential);
  const isThere = await stat(given).then(
    () => true,
    () => false,
  );
  return isThere ? { path: given, option: `credential ${credential}` } : null;
}

async function writableFolder(path: string): Promise<string> {
  try {
    const folder = await realpath(path);
    if (!(await stat(folder)).isDirectory()) throw commandError(`--files: ${path} is not a folder.`);
    await access(folder, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    if (isAppError(error)) throw error;
    throw commandError(`--files: ${path} cannot be written to (${systemCodeOf(error) ?? 'unknown'}).`, error);
  }
}

function checked<Value>(schema: z.ZodType<Value, string>, option: string, text: string): Value {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw commandError(`${option}: ${parsed.error.issues[0]?.message ?? 'not valid.'}`);
}

const mapped = <Value>(text: string | undefined, map: (text: string) => Value): Value | null =>
  text === undefined ? null : map(text);
