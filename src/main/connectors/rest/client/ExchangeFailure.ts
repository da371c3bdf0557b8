import { driverCodeOf } from '../../network/failures/serverWords.ts';

/** How an exchange of messages failed that had a socket. */
export type ExchangeFailureKind =
  /** Before any of the answer had come. */
  | 'closed'
  /** In the middle of the answer. */
  | 'cut'
  | 'not-http'
  | 'headers-too-large'
  | 'too-large'
  /** What was to be sent is no valid request. */
  | 'invalid-request';

const byCode: ReadonlyMap<string, ExchangeFailureKind> = new Map<string, ExchangeFailureKind>([
  ['UND_ERR_HEADERS_OVERFLOW', 'headers-too-large'],
  ['HPE_HEADER_OVERFLOW', 'headers-too-large'],
  ['UND_ERR_INVALID_ARG', 'invalid-request'],
  ['UND_ERR_NOT_SUPPORTED', 'invalid-request'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'cut'],
  ['HPE_INVALID_EOF_STATE', 'cut'],
]);

export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';
  readonly kind: ExchangeFailureKind;
  /** The errno, or the parser's own code. */
  readonly code: string | null;

  constructor(kind: ExchangeFailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.code = driverCodeOf(cause);
  }

  /** @param hasBegun whether the head of the answer had come */
  static of(error: Error, hasBegun: boolean): ExchangeFailure {
    if (error instanceof ExchangeFailure) return error;
    const code = driverCodeOf(error) ?? '';
    const known = byCode.get(code);
    if (known !== undefined) return new ExchangeFailure(known, error.message, error);
    if (code.startsWith('HPE_') && !hasBegun) return new ExchangeFailure('not-http', error.message, error);
    return new ExchangeFailure(hasBegun ? 'cut' : 'closed', error.message, error);
  }
}
