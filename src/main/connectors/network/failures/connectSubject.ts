import type { Endpoint } from '../../../../shared/engines/Engine.ts';
import type { ErrorAction } from '../../../../shared/errors/errorActions.ts';
import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import type { TlsCertificate } from '../tls/tlsState.ts';

/** How the engine is spoken of where a failure is explained. */
export interface EngineWords {
  /** What its server is called, such as `Acme` in "an Acme server is not running". Begins with a consonant. */
  readonly label: string;
  /** A sentence without its full stop, such as `Acme usually uses port 4711`. */
  readonly usualPorts: string;
  /** The usual port of a server that a data source names by its own host and port; absent for stations on the way. */
  readonly usualPort?: number;
  /** How its server is set when it offers no TLS, such as `ssl = off`. */
  readonly tlsTurnedOff: string;
}

/** What a connect was about, whichever engine it is. */
export interface ConnectAim {
  readonly engine: EngineWords;
  readonly place: Endpoint['place'];
  readonly user: string;
  /** Null where none was asked for. */
  readonly database: string | null;
  /** Null where the way has no TLS. */
  readonly tls: TlsSettings | null;
  readonly connectMs: number;
}

/** What a failure is told about. */
export interface ConnectSubject extends ConnectAim {
  /** What was going on, as `while opening the TCP connection`. */
  readonly during: string;
  /** The server's or the system's own words, cleaned. */
  readonly words: string;
  readonly certificate: TlsCertificate | null;
  /** What was found in place of a server of the engine, with its article; null when that is not known. */
  readonly service: string | null;
  /** The kind of the engine that it speaks, where Mooring has that engine. */
  readonly otherEngine: string | null;
}

export interface Explanation {
  readonly code: ErrorCode;
  readonly title: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly retryable: boolean;
  /** What can be done with one click, the most probable one first. */
  readonly actions?: readonly ErrorAction[];
}

/** The words for one way to fail; they name the values that were used. */
export type Explain = (subject: ConnectSubject) => Explanation;

/** Where the server was looked for: `db.example.com, port 4711`, or `the socket /run/acme.sock`. */
export const placeOf = ({ place }: ConnectAim): string =>
  'socketPath' in place ? `the socket ${place.socketPath}` : `${place.host}, port ${place.port}`;

/** The host alone, or the path of the socket. */
export const hostOf = ({ place }: ConnectAim): string =>
  'socketPath' in place ? place.socketPath : place.host;

/** Whether the server is on this computer. */
export const isLocal = ({ place }: ConnectAim): boolean =>
  'socketPath' in place || /^(?:localhost|127\.|\[?::1)/.test(place.host);

/** To correct these fields of the form. */
export const openFields = (...fields: readonly string[]): ErrorAction[] =>
  fields.map((field) => ({ action: 'open-field', field }));

/** The same attempt may succeed later. */
export const later = { retryable: true } as const;
/** Somebody must change something first. */
export const never = { retryable: false } as const;
