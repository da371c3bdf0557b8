import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { Method, Pair } from '../../../../shared/model/resources.ts';
import type { OutgoingRequest } from '../ApiSession.ts';
import { type Authentication, type Credentials, noCredentials } from '../authentication/Authentication.ts';
import { exchangeError, invalidRequestError } from '../errors/answerErrors.ts';
import {
  brokenRedirectError,
  changedMethodError,
  insecureTargetError,
  redirectLoopError,
  secretInTargetError,
  tooManyRedirectsError,
} from '../errors/redirectErrors.ts';
import { type HeaderLines, headerOf } from '../HeaderLines.ts';
import type { CookieJar } from './CookieJar.ts';
import type { WayTiming } from './openWay.ts';
import type { Redactor } from './Redactor.ts';
import { foreignHeaders, ownHeaders } from './requestHeaders.ts';
import type { Transport, UnpackedAnswer } from './Transport.ts';
import { placeText, withoutParameter, withParameters } from './urls.ts';

const maxRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export interface RequestRouteOptions {
  readonly config: RestConfig;
  readonly base: URL;
  readonly transport: Transport;
  readonly authentication: Authentication;
  /** Null where cookies are switched off. */
  readonly jar: CookieJar | null;
  readonly redactor: Redactor;
  readonly userAgent: string;
  readonly maxBytes: number;
}

/** An answer at the end of its redirects. */
export interface RoutedAnswer {
  readonly answer: UnpackedAnswer;
  /** Where it came from, without what the authentication adds. */
  readonly url: URL;
  readonly redirectedFrom: readonly URL[];
  /** Without secrets; made when somebody looks at them. */
  readonly sentHeaders: () => HeaderLines;
  /** Of all sockets that were opened on the way. */
  readonly way: WayTiming;
  /** What the last request carried; null to another origin. */
  readonly credentials: Credentials | null;
}

interface Message {
  readonly method: Method;
  readonly url: URL;
  readonly body: OutgoingRequest['body'];
}

/** What the header lines of a request depend on, beside the configuration. */
interface HeaderSources {
  readonly contentType: string | null;
  readonly requested: HeaderLines;
  readonly credentials: Credentials;
  readonly cookie: string | null;
}

interface ComposedHeaders {
  readonly parts: HeaderSources;
  readonly lines: HeaderLines;
}

const isSame = (left: HeaderSources, right: HeaderSources): boolean =>
  left.requested === right.requested &&
  left.credentials === right.credentials &&
  left.cookie === right.cookie &&
  left.contentType === right.contentType;

/**
 * Sends requests with all that belongs to them, and follows redirects. Credentials, cookies and the headers of the
 * configuration go to the origin of the base URL and nowhere else.
 */
export class RequestRoute {
  readonly #options: RequestRouteOptions;
  /** The header lines that were composed last: those of the pages of one reading are the same. */
  #composed: ComposedHeaders | null = null;

  constructor(options: RequestRouteOptions) {
    this.#options = options;
  }

  /**
   * @param turnsToGet whether a redirect may turn the request into a GET, as browsers do
   * @throws what explains why there is no answer, or the signal's reason
   */
  async send(request: OutgoingRequest, turnsToGet: boolean, signal: AbortSignal): Promise<RoutedAnswer> {
    const hops: URL[] = [];
    const seen = new Set<string>();
    let way: WayTiming = { dnsMs: null, tcpMs: null, tlsMs: null };
    let message: Message = { method: request.method, url: this.#secured(request.url), body: request.body };
    for (;;) {
      const { answer, sentHeaders, credentials } = await this.#exchange(message, request, signal);
      way = sumOf(way, answer.way);
      const { url } = message;
      if (this.#isOwn(url)) this.#options.jar?.keep(url, answer.headers);
      const next = redirectStatuses.has(answer.status) ? this.#redirected(message, answer, turnsToGet) : null;
      if (next === null) {
        const shown = this.#shown(url);
        return { answer, url: shown, redirectedFrom: hops, sentHeaders, way, credentials };
      }
      hops.push(this.#shown(url));
      // A cookie can make another answer of the same address.
      const key = `${next.method} ${next.url.href} ${this.#options.jar?.headerFor(next.url) ?? ''}`;
      const places = [...hops, next.url].map((hop) => placeText(hop));
      if (seen.has(key) || next.url.href === url.href) throw redirectLoopError(places);
      if (hops.length > maxRedirects) throw tooManyRedirectsError(places);
      seen.add(key);
      message = next;
    }
  }

  async #exchange(message: Message, request: OutgoingRequest, signal: AbortSignal) {
    const { transport, authentication, redactor, maxBytes } = this.#options;
    const isOwn = this.#isOwn(message.url);
    const credentials = isOwn ? await authentication.credentials(signal) : null;
    const headers = this.#headersOf(message, request, credentials);
    const url = isOwn ? this.#decorated(message.url, credentials ?? noCredentials) : message.url;
    const wire = { method: message.method, url, headers, body: message.body?.bytes ?? null };
    const sentHeaders = () => {
      const secretNames = new Set((credentials?.headers ?? []).map(([name]) => name.toLowerCase()));
      return redactor.headers(headers, secretNames);
    };
    try {
      const answer = await transport.exchange(wire, request.isRepeatable, signal);
      return { answer, sentHeaders, credentials };
    } catch (error) {
      throw exchangeError(error, { method: message.method, place: placeText(message.url), maxBytes });
    }
  }

  #headersOf(message: Message, request: OutgoingRequest, credentials: Credentials | null): HeaderLines {
    const { config, jar, userAgent } = this.#options;
    const contentType = message.body?.contentType ?? null;
    if (credentials === null) return foreignHeaders(userAgent, request.headers, contentType);
    const cookie = jar?.headerFor(message.url) ?? null;
    const parts = { contentType, requested: request.headers, credentials, cookie };
    if (this.#composed !== null && isSame(this.#composed.parts, parts)) return this.#composed.lines;
    const lines = ownHeaders({
      userAgent,
      contentType,
      configured: config.headers,
      requested: request.headers,
      authentication: [...credentials.headers, ...(cookie === null ? [] : [['Cookie', cookie] as const])],
    });
    this.#composed = { parts, lines };
    return lines;
  }

  /** With the query of the configuration, as far as the address does not have it, and that of the authentication. */
  #decorated(url: URL, { query }: Credentials): URL {
    const configured = this.#options.config.query;
    if (configured.length === 0 && query.length === 0) return url;
    const names = new Set(url.searchParams.keys());
    const missing: readonly Pair[] = configured.filter(({ name }) => !names.has(name));
    const bare = query.reduce((one, { name }) => withoutParameter(one, name), url);
    return withParameters(bare, [...missing, ...query]);
  }

  #redirected({ method, url, body }: Message, answer: UnpackedAnswer, turnsToGet: boolean): Message | null {
    const { status, headers } = answer;
    const location = headerOf(headers, 'location');
    if (location === null || !URL.canParse(location, url.href)) {
      // A person sees the answer as it is.
      if (turnsToGet) return null;
      throw brokenRedirectError(status);
    }
    const target = this.#secured(new URL(location, url));
    target.hash = '';
    if (!this.#isOwn(target)) this.#refuseSecrets(target, status >= 307 ? body : null);
    if (status >= 307 || method === 'GET' || method === 'HEAD') return { method, url: target, body };
    if (turnsToGet) return { method: 'GET', url: target, body: null };
    throw changedMethodError(method, status, placeText(target));
  }

  /** Never plain HTTP where the base URL is encrypted: over TLS on the same host, else refused. @throws TLS_REQUIRED */
  #secured(url: URL): URL {
    const { base, config } = this.#options;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw invalidRequestError(`An address must begin with https:// or http://, not with ${url.protocol}`);
    }
    if (base.protocol !== 'https:' || url.protocol === 'https:') return url;
    const isSame = url.hostname === base.hostname && (url.port === '' || url.port === base.port);
    if (isSame) return new URL(`${base.origin}${url.pathname}${url.search}`);
    if (config.auth.type !== 'none') throw insecureTargetError(placeText(url));
    return url;
  }

  #refuseSecrets(target: URL, body: Message['body']): void {
    const { redactor } = this.#options;
    const text = body === null ? '' : body.bytes.toString('utf8');
    if (redactor.holds(target.href) || redactor.holds(text)) {
      throw secretInTargetError(target.host);
    }
  }

  #isOwn(url: URL): boolean {
    return url.origin === this.#options.base.origin;
  }

  /** The address as it may be shown: a server may have put a secret in it. */
  #shown(url: URL): URL {
    const { redactor, config } = this.#options;
    const { auth } = config;
    const isKeyed = auth.type === 'api-key' && auth.place === 'query';
    const bare = isKeyed ? withoutParameter(url, auth.name) : url;
    return redactor.holds(bare.href) ? new URL(redactor.text(bare.href)) : bare;
  }
}

function sumOf(left: WayTiming, right: WayTiming): WayTiming {
  const sum = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : one + other;
  return {
    dnsMs: sum(left.dnsMs, right.dnsMs),
    tcpMs: sum(left.tcpMs, right.tcpMs),
    tlsMs: sum(left.tlsMs, right.tlsMs),
  };
}
