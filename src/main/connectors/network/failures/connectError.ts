import { AppError, isAppError } from '../../../base/AppError.ts';
import { duringHops } from '../sockets/reachStages.ts';
import { CertificateRefused, type TlsCertificate } from '../tls/tlsState.ts';
import { type ConnectAim, type ConnectSubject, type Explain, hostOf } from './connectSubject.ts';
import { networkFailureKind, networkFailures } from './networkFailures.ts';
import { driverCodeOf, shownWords } from './serverWords.ts';
import { OtherService } from './unexpectedBytes.ts';

/** One connect that failed. */
export interface FailedConnect {
  readonly aim: ConnectAim;
  /** What was going on, as `duringStage` has it for the stages of the network. */
  readonly during: string;
  /** The secret that the server has asked for, or null: kept out of every text. */
  readonly secret: string | null;
}

/** What an engine knows of its own failures. */
export interface EngineFailures {
  /** The words for a failure of the engine; null for one of the network. */
  explain(error: unknown): Explain | null;
  /** The server's own words about it; null for what the server did not say. */
  wordsOf(error: unknown): string | null;
}

/** What was going on in the stages of the way to a server and of TLS. */
export const duringStage = {
  ...duringHops,
  dns: 'during the DNS lookup',
  tcp: 'while opening the TCP connection',
  socket: 'while opening the socket',
  proxy: 'while the proxy opened the way',
  tls: 'during the TLS handshake',
} as const;

/**
 * Explains why a connect failed. Our own errors (cancelled, vault locked) pass as they are, but for a time-out, which is
 * explained with what it interrupted.
 */
export function connectError(error: unknown, failed: FailedConnect, engine: EngineFailures): AppError {
  if (isAppError(error) && error.code !== 'CONNECT_TIMEOUT') return error;
  const { aim, during } = failed;
  const secret = secretToHide(failed);
  const certificate = error instanceof CertificateRefused ? error.certificate : null;
  const words = isAppError(error) ? '' : shownWords(engine.wordsOf(error) ?? messageOf(error), secret);
  const service = error instanceof OtherService ? error.service : null;
  const otherEngine = error instanceof OtherService ? error.engine : null;
  const subject: ConnectSubject = { ...aim, during, words, certificate, service, otherEngine };
  const ownExplain = isAppError(error) ? null : engine.explain(error);
  const explain: Explain = ownExplain ?? networkFailures[networkFailureKind(error, aim.place)];
  const { code, ...explanation } = explain(subject);
  const detail = certificate === null ? words : certificateDetail(certificate);
  return new AppError(code, {
    ...explanation,
    detail: detail === '' ? `The time-out expired ${during}.` : detail,
    driverCode: isAppError(error) ? error.driverCode : driverCodeOf(error),
    // A cause that repeats the secret must not travel to a log.
    ...(secret !== null && rawText(error).includes(secret) ? {} : { cause: error }),
  });
}

/** A secret that equals a name on the screen cannot be hidden there, and hiding it would tell that it is the same. */
function secretToHide({ aim, secret }: FailedConnect): string | null {
  return secret === aim.user || secret === aim.database || secret === hostOf(aim) ? null : secret;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

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
