import { AppError } from '../../../base/AppError.ts';
import { apiWords, smallJson } from './apiWords.ts';

/** What a log-in request was answered with. */
export interface LoginAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly contentType: string;
}

/** @param label as in "no API key is stored" */
export function missingSecretError(label: string): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: `This API needs ${/^[aeio]/i.test(label) ? 'an' : 'a'} ${label}`,
    detail: `No ${label} is stored for this data source.`,
    fixes: [`Edit the data source and enter the ${label}.`],
  });
}

export function signInNeededError(): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: 'Sign in to this API',
    detail: 'Nobody has signed in for this data source yet.',
    fixes: ['Edit the data source and sign in, then save it.'],
  });
}

export function unsendableSecretError(label: string): AppError {
  return new AppError('INVALID_INPUT', {
    title: `The ${label} has a character that cannot be sent`,
    detail: 'It contains a line break or a control character.',
    fixes: [`Copy the ${label} once more, without line breaks.`],
  });
}

export function insecureTokenUrlError(): AppError {
  return new AppError('TLS_REQUIRED', {
    title: 'The token URL is not encrypted',
    detail: 'What is sent there would show the secret of the client to everybody on the way.',
    fixes: ['Use a token URL that begins with https://.'],
  });
}

export function loginRefusedError({ status, body, contentType }: LoginAnswer): AppError {
  const words = apiWords(body, contentType, '');
  const isLogin = status === 400 || status === 401 || status === 403 || status === 422;
  return new AppError(isLogin ? 'AUTH_FAILED' : 'QUERY_FAILED', {
    title: isLogin ? 'The API refuses the log-in' : 'The log-in request failed',
    detail: `The log-in request was answered with status ${status}.${words === '' ? '' : ` The API says: ${words}`}`,
    causes: isLogin
      ? ['User or password is wrong.', 'The log-in body does not have the fields that the API expects.']
      : ['The log-in path is wrong, or the API is not available.'],
    fixes: ['Check user and password.', 'Compare log-in path and body with the documentation of the API.'],
    driverCode: String(status),
    retryable: status >= 500,
  });
}

/** The log-in went well, but there is no token where it should be. */
export function tokenMissingError(selector: string, { body, status }: LoginAnswer): AppError {
  const value = smallJson(body);
  const keys =
    typeof value === 'object' && value !== null
      ? Object.keys(value).slice(0, 10).join(', ')
      : 'no JSON object';
  return new AppError('AUTH_FAILED', {
    title: 'The log-in brought no token',
    detail: `“${selector}” selects no text in the answer, which has: ${keys}.`,
    causes: ['The token selector is wrong.', 'The API reports a wrong log-in with a good status.'],
    fixes: ['Set the token selector to where the answer has the token.', 'Check user and password.'],
    driverCode: String(status),
  });
}
