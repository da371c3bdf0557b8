import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { TlsCertificate } from './tlsState.ts';

/** What a failure is told about. */
export interface ConnectSubject {
  readonly fields: DataSourceFields;
  /** What was going on, as `while it opened the TCP connection`. */
  readonly during: string;
  /** The server's or the system's own words, cleaned. */
  readonly words: string;
  readonly certificate: TlsCertificate | null;
  /** What was found in place of a PostgreSQL server, with its article; null when that is not known. */
  readonly service: string | null;
}

export interface Explanation {
  readonly code: ErrorCode;
  readonly title: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly retryable: boolean;
}

/** The words for one way to fail; they name the values that were used. */
export type Explain = (subject: ConnectSubject) => Explanation;

/** Where the server was looked for. */
export const place = ({ fields }: ConnectSubject): string => `${fields.host}, port ${fields.port}`;

/** Whether the server is on this computer. */
export const isLocal = ({ fields }: ConnectSubject): boolean =>
  /^(?:localhost|127\.|\[?::1)/.test(fields.host);

/** The same attempt may succeed later. */
export const later = { retryable: true } as const;
/** Somebody must change something first. */
export const never = { retryable: false } as const;
