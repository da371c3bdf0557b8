import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import { cleanText } from '../../base/cleanText.ts';

/** What a server named in an error, by the part it plays. Data to show: nothing is decided by it. */
export type ServerNames = Readonly<Record<string, string | null | undefined>>;

/** What is known of one kind of failure of a statement. */
export interface KnownFailure {
  readonly code: ErrorCode;
  /** What is said when the server names nothing. */
  readonly title: string;
  /** The same with what the server named in the place of `{part}`. Used only when all of it is there. */
  readonly named?: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly retryable?: boolean;
  readonly actions?: readonly ErrorAction[];
}

/** A failure that has no code of its own. */
export const failed = (
  title: string,
  causes: readonly string[],
  fixes: readonly string[],
  more: Partial<KnownFailure> = {},
): KnownFailure => ({ code: 'QUERY_FAILED', title, causes, fixes, ...more });

/** As names of servers are at most, and shorter than a title. */
const maxNameLength = 64;

/** The title of a failure, with the names that the server gave where it gave all that are wanted. */
export function titleOf({ title, named }: KnownFailure, names: ServerNames): string {
  if (named === undefined) return title;
  let isComplete = true;
  const filled = named.replace(/\{(\w+)\}/g, (_match, part: string) => {
    const name = cleanText(names[part] ?? '', maxNameLength);
    isComplete &&= name !== '';
    return name;
  });
  return isComplete ? filled : title;
}

/** Waits for a lock of somebody else: who that is can be seen. */
export const showSessions: readonly ErrorAction[] = [{ action: 'open-activity' }];
