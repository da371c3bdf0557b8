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

  constructor(kind: ExchangeFailureKind, message: string, code: string | null = null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  /**
   * The parser's errors hold what came, which may be secret: of them only words and code are kept.
   * @param hasBegun whether the head of the answer had come
   */
  static of(error: Error, hasBegun: boolean): ExchangeFailure {
    if (error instanceof ExchangeFailure) return error;
    const code = driverCodeOf(error);
    const kind = byCode.get(code ?? '') ?? (hasBegun ? 'cut' : beforeAnswer(error));
    return new ExchangeFailure(kind, error.message, code);
  }
}

/** The parser of undici has a name for its errors, and not always a code. */
const beforeAnswer = ({ name }: Error): ExchangeFailureKind =>
  name === 'HTTPParserError' ? 'not-http' : 'closed';
