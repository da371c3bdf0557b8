import type { Transport } from '../client/Transport.ts';
import { placeText } from '../client/urls.ts';
import { exchangeError } from '../errors/answerErrors.ts';
import { insecureTokenUrlError } from '../errors/loginErrors.ts';
import type { HeaderLines } from '../HeaderLines.ts';

/** Asks the token endpoint; redirects are not followed. */
export type TokenFetch = (
  url: string,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: URLSearchParams;
    readonly signal?: AbortSignal | undefined;
  },
) => Promise<Response>;

/** Whether an address is of this computer, where nobody listens on the way. */
const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** The token endpoint over the sockets of a connection, so with its proxy and its trust. */
export function createTokenFetch(
  transport: Transport,
  base: URL,
  userAgent: string,
  maxBytes: number,
): TokenFetch {
  return async (address, { headers, body, signal }) => {
    const url = new URL(address);
    const isSafe = url.protocol === 'https:' || base.protocol === 'http:' || isLoopback(url);
    if (!isSafe) throw insecureTokenUrlError();
    const lines: HeaderLines = [
      ...Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent'),
      ['User-Agent', userAgent],
      ['Accept-Encoding', 'identity'],
    ];
    const wire = { method: 'POST' as const, url, headers: lines, body: Buffer.from(body.toString()) };
    try {
      const answer = await transport.exchange(wire, false, signal ?? new AbortController().signal);
      return responseOf(answer.status, answer.headers, answer.body);
    } catch (error) {
      throw exchangeError(error, { method: 'POST', place: placeText(url), maxBytes });
    }
  };
}

function responseOf(status: number, lines: HeaderLines, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of lines) {
    // The body is unpacked; of the rest, what `Headers` does not take is of no interest.
    if (!/^content-(?:encoding|length)$/i.test(name) && isHeaderValue(value)) headers.append(name, value);
  }
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : withoutIdToken(body), { status: Math.max(200, status), headers });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a header may not have
const isHeaderValue = (value: string): boolean => !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value);

/** Who a person is, is nobody's business here; to check an ID token would need the server's metadata. */
function withoutIdToken(body: Buffer): string {
  const text = body.toString('utf8');
  if (!text.includes('"id_token"')) return text;
  try {
    const { id_token: _, ...others } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return JSON.stringify(others);
  } catch {
    return text;
  }
}
