/**
 * Entry of the process that asks the operating system's keychain: libsecret on Linux, Keychain on macOS, Credential
 * Manager on Windows. Knows nothing but to answer one request after the other; HelperKeychain.ts starts and kills it.
 */
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import {
  failureTextLength,
  type KeychainAnswer,
  type KeychainRequest,
  keychainRequestSchema,
} from './keychainMessages.ts';

const service = 'Mooring';

/** Electron's way to the parent; plain Node, which runs this in tests, has `process.send` instead. */
const port: typeof process.parentPort | undefined = process.parentPort;

/** A library that is missing is the answer to every request, not the end of the process. */
const keytar = import('keytar').then((module) => module.default);

const answers = new SerialQueue();
void answers.run(() => keytar.catch(() => undefined).then(() => post({ outcome: 'ready' })));

function post(message: { outcome: 'ready' } | KeychainAnswer<string | boolean | null>): void {
  if (port === undefined) process.send?.(message);
  else port.postMessage(message);
}

async function valueFor(request: KeychainRequest): Promise<string | boolean | null> {
  const { getPassword, setPassword, deletePassword } = await keytar;
  if (request.verb === 'read') return getPassword(service, request.account);
  if (request.verb === 'remove') return deletePassword(service, request.account);
  await setPassword(service, request.account, request.value);
  return null;
}

async function answer(request: KeychainRequest): Promise<void> {
  try {
    post({ outcome: 'done', value: await valueFor(request) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    post({ outcome: 'failed', text: text.slice(0, failureTextLength) });
  }
}

function receive(message: unknown): void {
  const request = keychainRequestSchema.safeParse(message);
  if (!request.success) leave();
  else void answers.run(() => answer(request.data));
}

/** By a signal: an ordinary exit would wait for a keychain that hangs. */
function leave(): void {
  process.kill(process.pid, 'SIGKILL');
}

if (port === undefined) process.on('message', receive);
else port.on('message', ({ data }) => receive(data));
process.on('disconnect', leave);
// From Electron 37 on a helper would go on after it, and nobody knows in which state.
process.on('unhandledRejection', leave);
