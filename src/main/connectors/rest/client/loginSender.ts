import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { SendLogin } from '../authentication/LoginRequest.ts';
import { exchangeError } from '../errors/answerErrors.ts';
import { headerOf } from '../HeaderLines.ts';
import type { CookieJar } from './CookieJar.ts';
import { ownHeaders } from './requestHeaders.ts';
import type { Transport } from './Transport.ts';
import { maxBytesOf } from './transportOptions.ts';
import { placeText } from './urls.ts';

export interface LoginSenderOptions {
  readonly config: RestConfig;
  readonly transport: Transport;
  readonly userAgent: string;
  readonly jar: CookieJar | null;
}

/** Sends the log-in request of an API: to its own origin, and not after redirects, which could lead elsewhere. */
export function loginSender({ config, transport, userAgent, jar }: LoginSenderOptions): SendLogin {
  return async (path, bytes, signal) => {
    const url = new URL(`${config.baseUrl}${path.startsWith('/') ? '' : '/'}${path}`);
    const headers = ownHeaders({
      ...{ userAgent, contentType: 'application/json', configured: config.headers },
      requested: [],
      authentication: [],
    });
    const wire = { method: 'POST' as const, url, headers, body: bytes };
    try {
      const { status, body, headers: lines } = await transport.exchange(wire, false, signal);
      jar?.keep(url, lines);
      return { status, body, contentType: headerOf(lines, 'content-type') ?? '' };
    } catch (error) {
      const maxBytes = maxBytesOf(config);
      throw exchangeError(error, { method: 'POST', place: placeText(url), maxBytes });
    }
  };
}
