import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { errorDtoSchema } from '../../../../shared/errors/errorDto.ts';
import type { TlsMode } from '../../../../shared/model/tls.ts';
import { cancelledError, toErrorDto } from '../../../base/AppError.ts';
import { LoginFailure } from '../login/LoginFailure.ts';
import { type ConnectContext, connectError } from './connectErrors.ts';

const at = (mode: TlsMode = 'disable', password: string | null = null): ConnectContext => ({
  aim: {
    place: { host: 'db.example.com', port: 5433 },
    user: 'ann',
    database: 'shop',
    tls: { mode, caPem: 'verify-ca' === mode ? pem : null },
    connectMs: 30_000,
  },
  stage: 'auth',
  couldEncrypt: mode === 'disable',
  password,
});
const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';

/** An error as the server sends it. */
function answer(code: string, message: string, routine?: string): Error {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code, routine });
}

const errno = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

describe('connectError', () => {
  it.each([
    [errno('ECONNREFUSED'), 'CONNECTION_REFUSED', true],
    [errno('ENOTFOUND'), 'HOST_NOT_FOUND', false],
    [errno('EAI_AGAIN'), 'DNS_UNAVAILABLE', true],
    [errno('EHOSTUNREACH'), 'HOST_UNREACHABLE', true],
    [errno('ENETUNREACH'), 'HOST_UNREACHABLE', true],
    [errno('ETIMEDOUT'), 'CONNECT_TIMEOUT', true],
    [errno('ECONNRESET'), 'CONNECTION_RESET', true],
    [errno('EPROTO'), 'TLS_FAILED', false],
    [errno('ERR_SSL_WRONG_VERSION_NUMBER'), 'TLS_FAILED', false],
    [answer('57P03', 'the database system is starting up'), 'SERVER_STARTING', true],
    [answer('57P03', 'the database system is in recovery mode'), 'SERVER_STARTING', true],
    [answer('57P03', 'das Datenbanksystem fährt herunter', 'ProcessStartupPacket'), 'SERVER_STARTING', true],
    [answer('57P01', 'Verbindung wird abgebrochen', 'ProcessInterrupts'), 'SERVER_SHUTTING_DOWN', true],
    [answer('53300', 'remaining connection slots are reserved'), 'TOO_MANY_CONNECTIONS', true],
    [answer('53200', 'out of memory'), 'CONNECTION_LOST', true],
    [
      answer('53300', 'verbleibende Verbindungen sind reserviert', 'InitPostgres'),
      'TOO_MANY_CONNECTIONS',
      true,
    ],
    [
      answer('28000', 'Verbindung erfordert ein gültiges Client-Zertifikat', 'ClientAuthentication'),
      'TLS_CLIENT_CERTIFICATE_REQUIRED',
      false,
    ],
    [
      answer('28000', 'Rolle »ann« hat keine Berechtigung zum Einloggen', 'InitializeSessionUserId'),
      'LOGIN_NOT_PERMITTED',
      false,
    ],
    [answer('28000', 'Rolle »ann« existiert nicht', 'InitializeSessionUserId'), 'LOGIN_NOT_PERMITTED', false],
    [answer('28000', 'kein pg_hba.conf-Eintrag für Host', 'ClientAuthentication'), 'TLS_REQUIRED', false],
    [answer('28000', 'connection is insecure (try using `sslmode=require`)'), 'TLS_REQUIRED', false],
    [
      answer('08P01', 'unsupported startup parameter: default_transaction_read_only'),
      'LOGIN_NOT_PERMITTED',
      false,
    ],
    [answer('08P01', 'no more connections allowed (max_client_conn)'), 'TOO_MANY_CONNECTIONS', true],
    [answer('08P01', 'no such database: shop'), 'DATABASE_NOT_FOUND', false],
    [answer('3D000', 'Datenbank »shop« existiert nicht'), 'DATABASE_NOT_FOUND', false],
    [answer('99999', 'something new'), 'LOGIN_NOT_PERMITTED', false],
    [new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match'), 'PROTOCOL_ERROR', false],
    [new LoginFailure('password-missing', 'none'), 'PASSWORD_REQUIRED', false],
    [new LoginFailure('single-sign-on', 'GSSAPI'), 'AUTH_METHOD_REFUSED', false],
    [answer('28000', 'Peer-Authentifizierung fehlgeschlagen', 'auth_failed'), 'LOGIN_NOT_PERMITTED', false],
    [new TypeError('out of nowhere'), 'PROTOCOL_ERROR', false],
  ])('knows %s', (error, code, retryable) => {
    const explained = connectError(error, at());
    expect(explained).toMatchObject({ code, retryable, cause: error });
    expect(explained.causes).not.toEqual([]);
    expect(explained.fixes).not.toEqual([]);
    expect(errorDtoSchema.safeParse(toErrorDto(explained, null)).success).toBe(true);
  });

  it('says plainly that Kerberos is not supported, and what to do', () => {
    const explained = connectError(new LoginFailure('single-sign-on', 'GSSAPI'), at());
    expect(explained.message).toContain('requires Kerberos');
    expect(explained.causes.join(' ')).toContain(
      'neither Kerberos (GSSAPI) nor Windows single sign-on (SSPI)',
    );
    expect(explained.fixes[0]).toContain('scram-sha-256');
  });

  it('does not suggest TLS to who uses it already', () => {
    const refusal = answer(
      '28000',
      'no pg_hba.conf entry for host "10.0.0.1", SSL encryption',
      'ClientAuthentication',
    );
    expect(connectError(refusal, at('verify-full')).code).toBe('NO_PG_HBA_ENTRY');
  });

  it('does not suggest TLS where the server has none', () => {
    const refusal = answer(
      '28000',
      'pg_hba.conf rejects connection for host "10.0.0.1", user "ann"',
      'ClientAuthentication',
    );
    expect(connectError(refusal, { ...at(), couldEncrypt: false }).code).toBe('NO_PG_HBA_ENTRY');
  });

  it('never goes by the words of PostgreSQL itself, whatever they are', () => {
    const misleading = 'no such database: the role does not exist, SSL required, too many connections';
    const explained = connectError(answer('XX000', misleading, 'InitPostgres'), at());
    expect(explained.code).toBe('CONNECTION_LOST');
  });

  it('passes our own errors as they are', () => {
    const cancelled = cancelledError();
    expect(connectError(cancelled, at())).toBe(cancelled);
  });

  it('takes the password out of every text, and drops a cause that repeats it', () => {
    const explained = connectError(answer('28P01', 'no: hunter22'), at('disable', 'hunter22'));
    expect(JSON.stringify(toErrorDto(explained, null))).not.toContain('hunter22');
    expect(explained.cause).toBeUndefined();
  });

  it('does not tell by a gap that the password equals the user name', () => {
    const explained = connectError(answer('28P01', 'failed for user "ann"'), at('disable', 'ann'));
    expect(explained.detail).toBe('failed for user "ann"');
  });
});
