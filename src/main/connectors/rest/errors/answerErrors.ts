import { AppError } from '../../../base/AppError.ts';
import { shownWords } from '../../network/failures/serverWords.ts';
import { ExchangeFailure } from '../client/ExchangeFailure.ts';
import { UnpackFailure } from '../client/unpack.ts';

const megabyte = 1024 * 1024;

/** What an answer that could not be read was about. */
export interface FailedExchange {
  readonly method: string;
  /** Where it was sent, without the query. */
  readonly place: string;
  readonly maxBytes: number;
}

/** Explains why an exchange that had a socket failed; our own errors pass as they are. */
export function exchangeError(error: unknown, failed: FailedExchange): unknown {
  if (error instanceof UnpackFailure) return unpackError(error, failed);
  return error instanceof ExchangeFailure ? brokenError(error, failed) : error;
}

function brokenError(error: ExchangeFailure, failed: FailedExchange): AppError {
  const { method, place } = failed;
  const about = { driverCode: error.code, cause: error };
  switch (error.kind) {
    case 'closed':
      return new AppError('CONNECTION_RESET', {
        title: 'The API closed the connection without an answer',
        detail: `${method} ${place}: ${shownWords(error.message)}`,
        causes: [
          'The server, a proxy or a firewall ended the connection.',
          'The server was restarted.',
          'The API requires a client certificate, and was shown none or one that it does not take.',
        ],
        fixes: ['Try again.'],
        retryable: true,
        ...about,
      });
    case 'cut':
      return new AppError('CONNECTION_RESET', {
        title: 'The answer of the API was cut off',
        detail: `The answer to ${method} ${place} ended before it was complete. Nothing of it is used.`,
        causes: ['The server or a proxy ended the connection in the middle of the answer.'],
        fixes: ['Try again.', 'Ask for smaller pages.'],
        retryable: true,
        ...about,
      });
    case 'not-http':
      return new AppError('PROTOCOL_ERROR', {
        title: 'The server does not answer with HTTP',
        detail: `The answer to ${method} ${place} is no valid HTTP: ${shownWords(error.message)}`,
        causes: [
          'The port belongs to another service.',
          'The server expects https:// where the base URL has http://.',
        ],
        fixes: ['Check the base URL: its protocol, host and port.'],
        ...about,
      });
    case 'headers-too-large':
      return new AppError('TOO_LARGE', {
        title: 'The headers of the answer are too large',
        detail: 'Mooring accepts 64 kB and 500 lines.',
        causes: ['The server, or a proxy in front of it, is faulty or hostile.'],
        fixes: ['Ask the owner of the API.'],
        ...about,
      });
    case 'too-large':
      return tooLargeError(failed.maxBytes, error);
    case 'invalid-request':
      return invalidRequestError(shownWords(error.message), error);
  }
}

function unpackError(error: UnpackFailure, { maxBytes, method, place }: FailedExchange): AppError {
  const encoding = shownWords(error.encoding);
  const about = { driverCode: encoding.slice(0, 64), cause: error };
  switch (error.kind) {
    case 'unknown-encoding':
      return new AppError('PROTOCOL_ERROR', {
        title: 'The answer is packed in a way that Mooring does not know',
        detail: `Its Content-Encoding is “${encoding}”; Mooring asks for gzip, deflate or br.`,
        causes: ['The server or a proxy ignores which encodings a client accepts.'],
        fixes: ['Ask the owner of the API to answer with gzip or without an encoding.'],
        ...about,
      });
    case 'damaged':
      return new AppError('PROTOCOL_ERROR', {
        title: 'The packed answer is damaged or cut off',
        detail: `The answer to ${method} ${place} says that it is ${encoding}, but cannot be unpacked to its end. Nothing of it is used.`,
        causes: ['The server or a proxy cut it off.', 'It is not packed as its Content-Encoding says.'],
        fixes: ['Try again.', 'Ask the owner of the API.'],
        retryable: true,
        ...about,
      });
    case 'bomb':
      return new AppError('TOO_LARGE', {
        title: 'The answer unpacks to an absurd size',
        detail: 'It unpacks to more than 200 times its size. No data do that; it may be an attack.',
        causes: ['The server is faulty or hostile.'],
        fixes: ['Ask the owner of the API.'],
        ...about,
      });
    case 'too-large':
      return tooLargeError(maxBytes, error);
  }
}

function tooLargeError(maxBytes: number, cause: unknown): AppError {
  return new AppError('TOO_LARGE', {
    title: 'The answer is larger than this data source allows',
    detail: `The limit is ${Math.round(maxBytes / megabyte)} MB unpacked.`,
    causes: ['The API sends everything at once.'],
    fixes: [
      'Use smaller pages, or filters.',
      'Raise “Largest answer in MB” in the settings of the data source.',
    ],
    cause,
  });
}

/** What was to be sent is no request that HTTP allows. */
export function invalidRequestError(detail: string, cause?: unknown): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'This request cannot be sent',
    detail,
    causes: ['A header or the address contains a character that HTTP does not allow there.'],
    fixes: ['Check the headers and parameters for line breaks and control characters.'],
    cause,
  });
}

/** The request took longer than its time-out, waits for the API's limit aside. */
export function requestTimeoutError(method: string, place: string, queryMs: number): AppError {
  return new AppError('QUERY_TIMEOUT', {
    title: `The API did not answer in full within ${queryMs / 1_000} s`,
    detail: `${method} ${place} was given up.`,
    causes: ['The request takes the API too long.', 'The network is slow, or the answer is very large.'],
    fixes: [
      'Ask for less at a time, such as smaller pages.',
      'Increase the query time-out of this data source.',
    ],
    driverCode: 'ETIMEDOUT',
    retryable: true,
  });
}

/** @param from the path that answered @param words the title of the page; empty for none */
export function pageInsteadOfJsonError(from: string, words: string, wasRedirected: boolean): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: `Expected JSON, got HTML from ${from}`,
    detail:
      words === '' ? 'The API answered with a page for people.' : `The title of the page is “${words}”.`,
    causes: [
      wasRedirected
        ? 'The API sends requests without a valid log-in to its log-in page.'
        : 'The address is that of a website, not of its API.',
      'A proxy or a public network answers in place of the API.',
    ],
    fixes: ['Check the authentication.', 'Check the base URL and the path.'],
    driverCode: 'text/html',
  });
}

/** A success without any content, where records were expected. */
export function emptyAnswerError(place: string, status: number): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The API sent an empty answer',
    detail: `${place} was answered with status ${status} and no content; JSON was expected.`,
    causes: ['The API, or a proxy in front of it, failed without saying so.'],
    fixes: ['Try again.', 'If no content means no records, add a response rule that ignores this status.'],
    driverCode: String(status),
    retryable: true,
  });
}
