import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { ApiDocument } from '../../../../shared/model/requests.ts';
import { AppError } from '../../../base/AppError.ts';
import { abortReason, onAbort, throwIfAborted } from '../../../base/abort.ts';
import {
  charactersPerMessage,
  type DocumentJob,
  type DocumentMessage,
  type DocumentRequest,
} from './documentMessages.ts';
import { parseDocument } from './parseDocument.ts';
import { readOpenApi } from './readOpenApi.ts';

/** Up to so many characters are read at once, within some milliseconds. YAML takes far longer than JSON. */
const shortLength = { json: 100_000, yaml: 8_000 };
/** Memory of the thread: a document of 60 MB takes a third of it. */
const maxMemoryMb = 2_048;

/** Starts the thread with a job. */
export type StartWorker = (options: WorkerOptions) => Worker;

/** Its file is beside the bundle, whose parts are one folder further down. */
const startBundledWorker: StartWorker = (options) =>
  new Worker(
    new URL(
      import.meta.url.includes('/chunks/') ? '../documentWorker.js' : './documentWorker.js',
      import.meta.url,
    ),
    options,
  );

/**
 * Reads an OpenAPI document, JSON or YAML. A large one is read in a thread of its own, which ends with the signal.
 * @param from where it was loaded, for addresses that are relative to it; null when that is not known
 * @throws IMPORT_INVALID, IMPORT_TOO_NEW, TOO_LARGE, or the signal's reason
 */
export async function readDocument(
  text: string,
  from: URL | null,
  signal: AbortSignal,
  startWorker = startBundledWorker,
): Promise<ApiDocument> {
  throwIfAborted(signal);
  const limit = /^\s*[{[]/.test(text.slice(0, 1_000)) ? shortLength.json : shortLength.yaml;
  if (text.length <= limit) return readOpenApi(parseDocument(text), from);
  const job: DocumentJob = { from: from?.href ?? null };
  const worker = startWorker({
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb },
    env: {},
  });
  try {
    const answer = answerOf(worker, signal);
    // Whoever waits hears of it below, also while the text is still on its way.
    answer.catch(() => undefined);
    await sendText(worker, text, signal);
    return await answer;
  } finally {
    await worker.terminate();
  }
}

/** In turns: to pack all of it at once would take a tenth of a second. @throws the abort's reason */
async function sendText(worker: Worker, text: string, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < text.length; at += charactersPerMessage) {
    ask(worker, text.slice(at, at + charactersPerMessage));
    await nextTurn();
    throwIfAborted(signal);
  }
  ask(worker, null);
}

const ask = (worker: Worker, request: DocumentRequest): void => worker.postMessage(request);

function answerOf(worker: Worker, signal: AbortSignal): Promise<ApiDocument> {
  return new Promise((resolve, reject) => {
    const listening = onAbort(signal, () => reject(abortReason(signal)));
    const operations: ApiDocument['operations'] = [];
    let document: Omit<ApiDocument, 'operations'> | null = null;
    worker.on('message', (message: DocumentMessage) => {
      if (message.type === 'failed') return reject(new AppError(message.code, message.details));
      if (message.type === 'read') document = message.document;
      else operations.push(...message.operations);
      if (message.type === 'part' && message.isLast && document !== null) {
        return resolve({ ...document, operations });
      }
      // In a turn of its own, so that what came is not unpacked together with what comes next.
      setImmediate(() => ask(worker, null));
    });
    worker.on('error', (error) => reject(tooLarge(error)));
    worker.on('exit', () => {
      listening.dispose();
      reject(tooLarge(null));
    });
  });
}

/** The thread fails by itself only where there is no memory left. */
function tooLarge(cause: unknown): AppError {
  const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!isMemory) return new AppError('INTERNAL', { title: 'The document could not be read', cause });
  return new AppError('TOO_LARGE', {
    title: 'This document is too large to read',
    detail: `Reading it takes more than ${maxMemoryMb} MB of memory.`,
    cause,
  });
}
