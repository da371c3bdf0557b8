import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import type { ApiDocument } from '../../../../shared/model/requests.ts';
import type { AppErrorDetails } from '../../../base/AppError.ts';

/** What main and the thread that reads a document say to each other. */

export interface DocumentJob {
  /** Where it was loaded; null when that is not known. */
  readonly from: string | null;
}

/** The text comes in parts as well; `null` is its end, and asks for the next part of the answer after that. */
export type DocumentRequest = string | null;

export type DocumentMessage =
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly details: AppErrorDetails }
  /** All but the operations, which follow in parts, each when main has answered the message before. */
  | { readonly type: 'read'; readonly document: Omit<ApiDocument, 'operations'> }
  | { readonly type: 'part'; readonly operations: ApiDocument['operations']; readonly isLast: boolean };

/** Few enough to be unpacked within a turn of main. */
export const operationsPerMessage = 20;

/** Characters of a part of the text: to pack one takes main some milliseconds. */
export const charactersPerMessage = 262_144;
