import { AppError, isAppError } from '../../../base/AppError.ts';
import { abortReason } from '../../../base/abort.ts';
import { cleanText } from '../../../base/cleanText.ts';

interface OauthText {
  readonly title: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
}

/** By the `error` of RFC 6749, 4.1.2.1 and 5.2. */
const texts: Readonly<Record<string, OauthText>> = {
  invalid_client: {
    title: 'The authorization server does not accept this client',
    causes: ['Client ID or client secret is wrong.', 'The secret is expected in the other place.'],
    fixes: ['Check client ID and client secret.', 'Try the other choice of “Send the secret in”.'],
  },
  invalid_grant: {
    title: 'The sign-in is no longer valid',
    causes: [
      'It has expired, was revoked, or was used for another client.',
      'The redirect address differs from the one that is registered.',
    ],
    fixes: ['Edit the data source and sign in again.'],
  },
  invalid_scope: {
    title: 'The authorization server does not know these scopes',
    causes: ['A scope is misspelt, or not allowed for this client.'],
    fixes: ['Check the scopes: separated by blanks, as the documentation of the API names them.'],
  },
  unauthorized_client: {
    title: 'This client may not get tokens in this way',
    causes: ['The client is registered for another kind of log-in.'],
    fixes: ['Allow it where the client is registered, or choose another authentication.'],
  },
  unsupported_grant_type: {
    title: 'The authorization server does not offer this kind of log-in',
    causes: ['The token URL belongs to another service.'],
    fixes: ['Check the token URL.', 'Choose another authentication.'],
  },
  access_denied: {
    title: 'The sign-in was refused',
    causes: ['You, or a rule of the server, did not allow the access.'],
    fixes: ['Sign in again and allow the access.', 'Ask the administrator of the server.'],
  },
  invalid_request: {
    title: 'The authorization server does not understand the request',
    causes: ['A parameter is missing that this server wants, such as an audience.'],
    fixes: ['Check the settings of the authentication.'],
  },
  temporarily_unavailable: {
    title: 'The authorization server is not available at the moment',
    causes: ['It is overloaded or under maintenance.'],
    fixes: ['Try again later.'],
  },
  server_error: {
    title: 'The authorization server failed',
    causes: ['Something went wrong inside of the server.'],
    fixes: ['Try again later.'],
  },
};

const otherText: OauthText = {
  title: 'The authorization server gave no token',
  causes: [
    'The token URL belongs to another service.',
    'The server answers with something else than OAuth 2.',
  ],
  fixes: ['Check the token URL and the client.'],
};

/** Explains why there is no token; our own errors pass as they are. */
export function oauthError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return abortReason(signal);
  const own = ownErrorIn(error);
  if (own !== null) return own;
  const { code, description, status } = serverWordsOf(error);
  return signInRefusedError(code, description, status, error);
}

/** @param code the server's `error`; empty when it has none */
export function signInRefusedError(
  code: string,
  description: string,
  status: number | null,
  cause?: unknown,
): AppError {
  const { title, causes, fixes } = Object.hasOwn(texts, code) ? (texts[code] ?? otherText) : otherText;
  const said = cleanText([code, description].filter((part) => part !== '').join(': '), 600);
  const answered = status === null ? '' : `The token URL answered with status ${status}. `;
  return new AppError('AUTH_FAILED', {
    title,
    detail: said === '' ? answered.trim() : `${answered}The server says: ${said}`,
    causes,
    fixes,
    driverCode: code === '' ? (status?.toString() ?? null) : cleanText(code, 64),
    retryable: code === 'temporarily_unavailable' || code === 'server_error' || (status ?? 0) >= 500,
    // What the library throws may hold the answer of the server, which may hold a token.
    cause: cause instanceof Error ? new Error(cause.name) : undefined,
  });
}

/** The library wraps what its fetch throws. */
function ownErrorIn(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  return error instanceof Error && isAppError(error.cause) ? error.cause : null;
}

function serverWordsOf(error: unknown): {
  readonly code: string;
  readonly description: string;
  readonly status: number | null;
} {
  if (!(error instanceof Error)) return { code: '', description: '', status: null };
  const text = (key: string): string => {
    const value: unknown = key in error ? Object.getOwnPropertyDescriptor(error, key)?.value : undefined;
    return typeof value === 'string' ? value : '';
  };
  const status: unknown = 'status' in error ? error.status : null;
  return {
    code: text('error'),
    description: text('error_description'),
    status: typeof status === 'number' ? status : statusOf(error),
  };
}

function statusOf({ cause }: Error): number | null {
  return cause instanceof Response ? cause.status : null;
}
