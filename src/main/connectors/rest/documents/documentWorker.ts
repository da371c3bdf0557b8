import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../../base/AppError.ts';
import { type DocumentJob, type DocumentMessage, operationsPerMessage } from './documentMessages.ts';
import { parseDocument } from './parseDocument.ts';
import { readOpenApi } from './readOpenApi.ts';

/** The thread that reads a large document: what it finds is sent in small parts, the next one when it is asked for. */

const post = (message: DocumentMessage): void => parentPort?.postMessage(message);

function read({ text, from }: DocumentJob): void {
  const { operations, ...rest } = readOpenApi(parseDocument(text), from === null ? null : new URL(from));
  let sent = 0;
  parentPort?.on('message', () => {
    const part = operations.slice(sent, sent + operationsPerMessage);
    sent += part.length;
    post({ type: 'part', operations: part, isLast: sent === operations.length });
  });
  post({ type: 'read', document: rest });
}

try {
  read(workerData as DocumentJob);
} catch (error) {
  if (!isAppError(error)) throw error;
  const { code, message: title, detail, causes, fixes } = error;
  post({ type: 'failed', code, details: { title, detail, causes, fixes } });
}
