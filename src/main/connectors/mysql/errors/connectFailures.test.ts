import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../base/AppError.ts';
import { connectError } from '../../network/failures/connectError.ts';
import { LogInFailure, type LogInFailureKind } from '../login/LogInFailure.ts';
import { ServerError } from '../protocol/ServerError.ts';
import { mysqlFailures, mysqlWords } from './connectFailures.ts';

function explain(
  error: unknown,
  password: string | null = 'S3cret',
  mode: 'disable' | 'encrypt' = 'disable',
): AppError {
  const aim = {
    engine: mysqlWords,
    place: { host: 'db.example.com', port: 3306 },
    user: 'ann',
    database: 'shop',
    tls: { mode, caPem: null },
    connectMs: 30_000,
  };
  return connectError(
    error,
    { aim, during: 'during log-in', secret: password },
    mysqlFailures(password !== null),
  );
}

const server = (errno: number) => new ServerError(errno, null, 'Die Worte des Servers');
const refusal = (kind: LogInFailureKind) => new LogInFailure(kind, 'dialog', 'The server asked for dialog.');

describe('a connect that the server refuses', () => {
  it.each([
    [1040, 'TOO_MANY_CONNECTIONS', true],
    [1203, 'TOO_MANY_CONNECTIONS', true],
    [1226, 'TOO_MANY_CONNECTIONS', true],
    [1044, 'PERMISSION_DENIED', false],
    [1045, 'AUTH_FAILED', false],
    [1049, 'DATABASE_NOT_FOUND', false],
    [1053, 'SERVER_SHUTTING_DOWN', true],
    [1129, 'LOGIN_NOT_PERMITTED', false],
    [1130, 'LOGIN_NOT_PERMITTED', false],
    [1159, 'CONNECTION_LOST', true],
    [1251, 'AUTH_METHOD_REFUSED', false],
    [1698, 'LOGIN_NOT_PERMITTED', false],
    [1820, 'LOGIN_NOT_PERMITTED', false],
    [1862, 'LOGIN_NOT_PERMITTED', false],
    [3118, 'LOGIN_NOT_PERMITTED', false],
    [3159, 'TLS_REQUIRED', false],
    [65_000, 'LOGIN_NOT_PERMITTED', false],
  ])('with %i is told as %s', (errno, code, retryable) => {
    const error = explain(server(errno));
    expect(error).toMatchObject({ code, retryable, driverCode: String(errno) });
    expect(error.detail).toBe('Die Worte des Servers');
    expect(error.causes.length * error.fixes.length).toBeGreaterThan(0);
  });

  it('without a password asks for one', () => {
    expect(explain(server(1045), null).code).toBe('PASSWORD_REQUIRED');
  });

  it('with 1045 and TLS turned off names TLS as a cause', () => {
    expect(explain(server(1045)).causes.join(' ')).toContain('TLS is turned off');
    expect(explain(server(1045), 'S3cret', 'encrypt').causes.join(' ')).not.toContain('TLS');
  });

  it('keeps the password out of the words of the server', () => {
    const error = explain(new ServerError(1045, '28000', 'You said S3cret'));
    expect(JSON.stringify([error.detail, error.cause ?? null])).not.toContain('S3cret');
  });
});

describe('a log-in that is given up on our side', () => {
  it.each([
    ['method-unknown', 'AUTH_METHOD_REFUSED'],
    ['single-sign-on', 'AUTH_METHOD_REFUSED'],
    ['password-exposed', 'AUTH_METHOD_REFUSED'],
    ['method-downgraded', 'AUTH_METHOD_DOWNGRADED'],
    ['password-rejected', 'AUTH_FAILED'],
  ] as const)('because of %s is told as %s, and not retried', (kind, code) => {
    expect(explain(refusal(kind))).toMatchObject({ code, retryable: false });
  });

  it('names the method that the server asked for', () => {
    expect(explain(refusal('method-unknown')).causes[0]).toContain('dialog');
  });
});
