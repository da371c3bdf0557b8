import type { Clock } from '../../../base/Clock.ts';
import type { HeaderLines } from '../HeaderLines.ts';

const maxCookies = 50;
const maxCookieLength = 4_096;

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** The one host that set it: cookies for whole domains are kept for that host alone. */
  readonly host: string;
  readonly path: string;
  readonly isSecure: boolean;
  /** Epoch milliseconds; null while the app runs. */
  readonly expiresAt: number | null;
}

/** The cookies of one data source (RFC 6265), in memory only. */
export class CookieJar {
  readonly #clock: Clock;
  #cookies: readonly Cookie[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps what an answer sets. */
  keep(url: URL, headers: HeaderLines): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const cookie = readCookie(value, url, this.#clock.wallMs());
      if (cookie !== null) this.#put(cookie);
    }
  }

  /** The value of the header `Cookie` for a request; null when there is none to send. */
  headerFor(url: URL): string | null {
    const nowMs = this.#clock.wallMs();
    this.#cookies = this.#cookies.filter(({ expiresAt }) => expiresAt === null || expiresAt > nowMs);
    const sent = this.#cookies.filter((cookie) => isFor(cookie, url));
    // The more exact path goes first (RFC 6265, 5.4).
    const ordered = sent.toSorted((left, right) => right.path.length - left.path.length);
    return ordered.length === 0 ? null : ordered.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #put(cookie: Cookie): void {
    const others = this.#cookies.filter(
      ({ name, host, path }) => name !== cookie.name || host !== cookie.host || path !== cookie.path,
    );
    this.#cookies = [...others, cookie].slice(-maxCookies);
  }
}

function readCookie(text: string, url: URL, nowMs: number): Cookie | null {
  const [pair = '', ...attributes] = text.slice(0, maxCookieLength).split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  const value = pair.slice(equals + 1).trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the header that the cookie goes back in
  if (equals <= 0 || name === '' || /[\u0000-\u001f\u007f;]/.test(name + value)) return null;
  const given = new Map(attributes.map((attribute) => attributeOf(attribute)));
  const isSecure = given.has('secure');
  if (isSecure && url.protocol !== 'https:') return null;
  const path = given.get('path') ?? '';
  return {
    ...{ name, value, isSecure },
    host: url.hostname,
    path: path.startsWith('/') ? path : defaultPath(url.pathname),
    expiresAt: expiryOf(given, nowMs),
  };
}

function attributeOf(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  return [name.trim().toLowerCase(), equals < 0 ? '' : text.slice(equals + 1).trim()];
}

function expiryOf(given: ReadonlyMap<string, string>, nowMs: number): number | null {
  const age = given.get('max-age') ?? '';
  if (/^-?\d{1,12}$/.test(age)) return nowMs + Number(age) * 1_000;
  const dateMs = Date.parse(given.get('expires') ?? '');
  return Number.isNaN(dateMs) ? null : dateMs;
}

const defaultPath = (pathname: string): string => pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));

function isFor({ host, path, isSecure }: Cookie, { hostname, pathname, protocol }: URL): boolean {
  if (host !== hostname || (isSecure && protocol !== 'https:')) return false;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
