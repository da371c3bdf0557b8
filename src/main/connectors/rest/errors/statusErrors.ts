import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import { AppError } from '../../../base/AppError.ts';

/** An answer that is a failure, in words that may be shown. */
export interface RefusedRequest {
  readonly method: string;
  /** Where it was sent, without the query. */
  readonly place: string;
  readonly status: number;
  /** The API's own message; empty when it has none. */
  readonly words: string;
  /** What the server says that it accepts (`Allow`, `Accept`); empty when it does not. */
  readonly accepted: string;
  readonly retryAfterMs: number | null;
}

interface StatusText {
  readonly code: ErrorCode;
  readonly title: (request: RefusedRequest) => string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly isRetryable?: boolean;
}

const texts: ReadonlyMap<number, StatusText> = new Map<number, StatusText>([
  [
    400,
    {
      code: 'QUERY_FAILED',
      title: () => 'The API does not accept the request',
      causes: ['A parameter is missing, misspelt or has a value that the API does not know.'],
      fixes: ['Compare path, parameters and body with the documentation of the API.'],
    },
  ],
  [
    401,
    {
      code: 'AUTH_FAILED',
      title: () => 'The API refuses the log-in',
      causes: [
        'The key, token or password is wrong, or has expired.',
        'The API expects it somewhere else, or another kind of authentication.',
      ],
      fixes: ['Check the authentication of this data source.', 'Create a new key at the API.'],
    },
  ],
  [
    402,
    {
      code: 'PERMISSION_DENIED',
      title: () => 'The API wants to be paid for this',
      causes: ['The plan of the account does not include this request, or its quota is used up.'],
      fixes: ['Look at the account at the API.'],
    },
  ],
  [
    403,
    {
      code: 'PERMISSION_DENIED',
      title: ({ place }) => `The API does not allow access to ${place}`,
      causes: [
        'The key, token or user lacks a permission or scope for it.',
        'The API accepts requests from certain addresses only.',
      ],
      fixes: ['Ask the owner of the API for the permission.', 'Sign in again with the scopes that it takes.'],
    },
  ],
  [
    404,
    {
      code: 'NOT_FOUND',
      title: ({ place }) => `The API knows nothing at ${place}`,
      causes: [
        'The path or the base URL is wrong, or belongs to another version of the API.',
        'What it stands for was deleted, or may not be seen with this key.',
      ],
      fixes: ['Check the base URL and the path.'],
    },
  ],
  [
    405,
    {
      code: 'QUERY_FAILED',
      title: ({ method, place }) => `The API does not accept ${method} for ${place}`,
      causes: ['This address is for another method.'],
      fixes: ['Choose the method that the documentation of the API names.'],
    },
  ],
  [
    406,
    {
      code: 'QUERY_FAILED',
      title: () => 'The API cannot answer in a format that Mooring accepts',
      causes: ['The header Accept asks for a format or a version that the API does not have.'],
      fixes: ['Set the header Accept to what the documentation of the API names.'],
    },
  ],
  [
    408,
    {
      code: 'QUERY_TIMEOUT',
      title: () => 'The API waited too long for the request',
      causes: ['The network is slow, or the API is overloaded.'],
      fixes: ['Try again.'],
      isRetryable: true,
    },
  ],
  [
    409,
    {
      code: 'QUERY_FAILED',
      title: () => 'The request conflicts with what the API holds',
      causes: ['It was changed in the meantime, or exists already.'],
      fixes: ['Read it again, then repeat the request.'],
    },
  ],
  [
    410,
    {
      code: 'NOT_FOUND',
      title: ({ place }) => `The API no longer offers ${place}`,
      causes: ['It was removed, or this version of the API was switched off.'],
      fixes: ['Look for a newer version in the documentation of the API.'],
    },
  ],
  [
    413,
    {
      code: 'TOO_LARGE',
      title: () => 'The request is larger than the API accepts',
      causes: ['The body, or the size of a page, is above its limit.'],
      fixes: ['Send less at a time.'],
    },
  ],
  [
    414,
    {
      code: 'TOO_LARGE',
      title: () => 'The address of the request is longer than the API accepts',
      causes: ['The parameters in the query are too long.'],
      fixes: ['Use fewer or shorter filters.'],
    },
  ],
  [
    415,
    {
      code: 'QUERY_FAILED',
      title: () => 'The API does not accept this kind of body',
      causes: ['It expects another content type, such as a form in place of JSON.'],
      fixes: ['Choose the kind of body that the documentation of the API names.'],
    },
  ],
  [
    422,
    {
      code: 'QUERY_FAILED',
      title: () => 'The API cannot process what the request contains',
      causes: ['A value is missing, or breaks a rule of the API.'],
      fixes: ['Check the parameters and the body.'],
    },
  ],
  [
    429,
    {
      code: 'RATE_LIMITED',
      title: () => 'The API was asked too often',
      causes: ['Its limit of requests is used up.', 'Other programs use the same account.'],
      fixes: ['Try again later.', 'Set a rate limit in this data source.'],
      isRetryable: true,
    },
  ],
  [
    431,
    {
      code: 'TOO_LARGE',
      title: () => 'The headers of the request are larger than the API accepts',
      causes: ['A key, token, cookie or another header is too long.'],
      fixes: ['Remove headers that are not needed.'],
    },
  ],
  [
    501,
    {
      code: 'UNSUPPORTED',
      title: ({ method }) => `The API has not implemented ${method} here`,
      causes: ['The server does not support what the request asks for.'],
      fixes: ['Check the method and the path.'],
    },
  ],
  [
    502,
    {
      code: 'QUERY_FAILED',
      title: () => 'The gateway of the API got no valid answer from behind it',
      causes: ['The server behind a gateway or proxy is down or being restarted.'],
      fixes: ['Try again later.'],
      isRetryable: true,
    },
  ],
  [
    503,
    {
      code: 'SERVER_STARTING',
      title: () => 'The API is not available at the moment',
      causes: ['It is overloaded, starting or under maintenance.'],
      fixes: ['Try again later.', 'Look at the status page of the API.'],
      isRetryable: true,
    },
  ],
  [
    504,
    {
      code: 'QUERY_TIMEOUT',
      title: () => 'The gateway of the API waited in vain for the server behind it',
      causes: ['The request takes the API too long, or the server is down.'],
      fixes: ['Ask for less at a time, such as smaller pages.', 'Try again later.'],
      isRetryable: true,
    },
  ],
]);

const otherFailure: StatusText = {
  code: 'QUERY_FAILED',
  title: ({ status }) => `The API answered with status ${status}`,
  causes: ['The API does not accept the request as it is.'],
  fixes: ['Look the status up in the documentation of the API.'],
};

const otherServerFailure: StatusText = {
  code: 'QUERY_FAILED',
  title: ({ status }) => `The API failed (status ${status})`,
  causes: ['Something went wrong inside of the API.'],
  fixes: ['Try again later.', 'Report it to the owner of the API.'],
  isRetryable: true,
};

/** A status that is no redirect and no success, or what a rule of the resource takes for a failure. */
export function statusError(request: RefusedRequest): AppError {
  const { status, words, accepted, retryAfterMs } = request;
  const text = texts.get(status) ?? (status >= 500 ? otherServerFailure : otherFailure);
  const said = words === '' ? '' : ` The API says: ${words}`;
  return new AppError(text.code, {
    title: text.title(request),
    detail: `${request.method} ${request.place} was answered with status ${status}.${said}`,
    causes: text.causes,
    fixes: accepted === '' ? text.fixes : [...text.fixes, `The API accepts: ${accepted}.`],
    driverCode: String(status),
    retryable: text.isRetryable ?? false,
    ...(retryAfterMs !== null && { retryAfterMs }),
  });
}

/** A rule of the resource says that an answer with a good status is a failure. */
export function ruledOutError(request: RefusedRequest): AppError {
  if (request.status >= 400) return statusError(request);
  const said = request.words === '' ? 'The answer has no message.' : `The API says: ${request.words}`;
  return new AppError('QUERY_FAILED', {
    title: 'The API reports a failure in its answer',
    detail: said,
    causes: ['A response rule of the resource takes this answer for a failure.'],
    fixes: ['Check the parameters and the authentication.', 'Check the response rules of the resource.'],
    driverCode: String(request.status),
  });
}
