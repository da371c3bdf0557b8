import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { StageName } from '../../../shared/model/testReport.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import { CertificateRefused } from '../network/CertificateRefused.ts';
import type { ConnectSubject, Explain } from '../network/connectSubject.ts';
import type { TlsCertificate } from '../network/tlsState.ts';
import { OtherService } from '../network/unexpectedBytes.ts';
import { connectFailureKind } from './connectFailureKind.ts';
import { connectFailures } from './connectFailures.ts';
import { driverCodeOf, wordsOf } from './serverWords.ts';

export interface ConnectContext {
  readonly fields: DataSourceFields;
  /** The stage that failed. */
  readonly stage: StageName;
  /** Whether the server offers TLS and it was not used; asked only where it matters. */
  readonly couldEncrypt: boolean;
  /** The password if the server has asked for it: kept out of every text. */
  readonly password: string | null;
}

const during: Readonly<Record<StageName, string>> = {
  dns: 'during the DNS lookup',
  tcp: 'while opening the TCP connection',
  tls: 'during the TLS handshake',
  auth: 'during log-in',
  database: 'while opening the database',
  schema: 'while reading the schema',
};

/**
 * Explains why a connect failed. Our own errors (cancelled, vault locked) pass as they are, but for a time-out, which is
 * told again with what it interrupted.
 */
export function connectError(error: unknown, context: ConnectContext): AppError {
  if (isAppError(error) && error.code !== 'CONNECT_TIMEOUT') return error;
  const { fields, stage, couldEncrypt } = context;
  const secret = secretToHide(context);
  const certificate = error instanceof CertificateRefused ? error.certificate : null;
  const words = isAppError(error) ? '' : wordsOf(error, secret);
  const service = error instanceof OtherService ? error.service : null;
  const subject: ConnectSubject = { fields, during: during[stage], words, certificate, service };
  const explain: Explain = connectFailures[connectFailureKind(error, couldEncrypt)];
  const { code, ...explanation } = explain(subject);
  const detail = certificate === null ? words : certificateDetail(certificate);
  return new AppError(code, {
    ...explanation,
    detail: detail === '' ? `The time-out expired ${during[stage]}.` : detail,
    driverCode: isAppError(error) ? error.driverCode : driverCodeOf(error),
    // A cause that repeats the password must not travel to a log.
    ...(secret !== null && rawText(error).includes(secret) ? {} : { cause: error }),
  });
}

/** A password that equals a name on the screen cannot be hidden there, and hiding it would tell that it is the same. */
function secretToHide({ fields, password }: ConnectContext): string | null {
  return password === fields.user || password === fields.database || password === fields.host
    ? null
    : password;
}

function rawText(error: unknown): string {
  return error instanceof Error ? JSON.stringify([error.message, { ...error }]) : '';
}

function certificateDetail(certificate: TlsCertificate): string {
  const { subject, issuer, names, validFrom, validTo, fingerprint256 } = certificate;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Subject', subject],
    ['issuer', issuer],
    ['for', names],
    ['valid from', validFrom],
    ['valid to', validTo],
    ['SHA-256 fingerprint', fingerprint256],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`])).join('; ');
}
