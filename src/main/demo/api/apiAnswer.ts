import type { IncomingMessage } from 'node:http';
import { keyHeader } from './openApiDocument.ts';
import type { RateState } from './RequestRate.ts';

/** An answer as it goes out. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that explains why there is none. */
export function failure(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return { status, headers, body: JSON.stringify({ error: { code, message } }) };
}

/** What a browser adds to a request, whatever page makes it. No program that reads an API sends any of it. */
const browserHeaders = ['origin', 'sec-fetch-site', 'sec-fetch-mode'];

/**
 * Why a request is refused before anybody looks at what it asks for; null when it is not. The host comes first: a page
 * whose name was pointed at this computer (DNS rebinding) names its own host, and learns nothing.
 */
export function doorAnswer({ method, headers, rawHeaders }: IncomingMessage, port: number): ApiAnswer | null {
  const hostCount = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hostCount !== 1 || headers.host !== `127.0.0.1:${port}`) {
    return failure(403, 'forbidden', 'This host is not served here');
  }
  if (browserHeaders.some((name) => headers[name] !== undefined)) {
    return failure(403, 'forbidden', 'Pages of a browser are not served');
  }
  if (method !== 'GET') {
    return failure(405, 'method_not_allowed', 'This API is read only', { Allow: 'GET' });
  }
  return null;
}

export const unauthorized = failure(
  401,
  'unauthorized',
  `The key is missing or wrong: send it as ${keyHeader}`,
  {
    'WWW-Authenticate': `ApiKey header="${keyHeader}"`,
  },
);

export const notFound = failure(404, 'not_found', 'There is no such resource');

/** Fields of the IETF draft “RateLimit header fields for HTTP”. */
export const rateHeaders = ({ limit, remaining, resetSeconds }: RateState) => ({
  'RateLimit-Limit': String(limit),
  'RateLimit-Remaining': String(remaining),
  'RateLimit-Reset': String(resetSeconds),
});

export const tooManyRequests = (state: RateState): ApiAnswer =>
  failure(429, 'rate_limited', `At most ${state.limit} requests in a period`, {
    'Retry-After': String(state.resetSeconds),
  });
