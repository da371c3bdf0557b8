import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import type { ApiDocument } from '../../../../shared/model/requests.ts';
import type { AppErrorDetails } from '../../../base/AppError.ts';

/** What main and the thread that reads a document say to each other. */

export interface DocumentJob {
  readonly text: string;
  /** Where it was loaded; null when that is not known. */
  readonly from: string | null;
}

export type DocumentMessage =
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly details: AppErrorDetails }
  /** All but the operations, which follow in parts, each when main has answered the message before. */
  | { readonly type: 'read'; readonly document: Omit<ApiDocument, 'operations'> }
  | { readonly type: 'part'; readonly operations: ApiDocument['operations']; readonly isLast: boolean };

/** Few enough to be unpacked within a turn of main. */
export const operationsPerMessage = 20;
