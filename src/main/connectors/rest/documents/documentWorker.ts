import { parentPort, workerData } from 'node:worker_threads';
import type { ApiDocument } from '../../../../shared/model/requests.ts';
import { isAppError } from '../../../base/AppError.ts';
import {
  type DocumentJob,
  type DocumentMessage,
  type DocumentRequest,
  operationsPerMessage,
} from './documentMessages.ts';
import { parseDocument } from './parseDocument.ts';
import { readOpenApi } from './readOpenApi.ts';

/** The thread that reads a large document: what it finds is sent in small parts, the next one when it is asked for. */

const { from } = workerData as DocumentJob;
const texts: string[] = [];
let unsent: ApiDocument['operations'] | null = null;

const post = (message: DocumentMessage): void => parentPort?.postMessage(message);

function read(): void {
  const { operations, ...document } = readOpenApi(
    parseDocument(texts.join('')),
    from === null ? null : new URL(from),
  );
  unsent = operations;
  post({ type: 'read', document });
}

/** @param operations those that are left */
function sendPart(operations: ApiDocument['operations']): void {
  const part = operations.splice(0, operationsPerMessage);
  post({ type: 'part', operations: part, isLast: operations.length === 0 });
}

parentPort?.on('message', (request: DocumentRequest) => {
  try {
    if (request !== null) texts.push(request);
    else if (unsent === null) read();
    else sendPart(unsent);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, message: title, detail, causes, fixes } = error;
    post({ type: 'failed', code, details: { title, detail, causes, fixes } });
  }
});
