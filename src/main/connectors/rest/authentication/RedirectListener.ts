import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../../../base/AppError.ts';

const path = '/callback';
/** Nobody's authorization code is longer. */
const maxUrlLength = 16 * 1024;

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
  `<h1>${title}</h1><p>${text}</p></html>\n`;

/**
 * Waits on this computer for the browser that comes back from a sign-in (RFC 8252, 7.3). It answers one address, and
 * whoever does not bring the right state is turned away without ending the wait.
 */
export class RedirectListener {
  readonly #server: Server;
  readonly #state: string;
  readonly #found: Promise<URLSearchParams>;
  #find: (parameters: URLSearchParams) => void = () => undefined;

  private constructor(state: string) {
    this.#state = state;
    this.#found = new Promise((resolve) => {
      this.#find = resolve;
    });
    this.#server = createServer({ maxHeaderSize: maxUrlLength, keepAlive: false }, (request, response) =>
      this.#answer(request, response),
    );
  }

  /** @param port 0: any. @throws PORT_IN_USE */
  static async listen(port: number, state: string): Promise<RedirectListener> {
    const listener = new RedirectListener(state);
    await new Promise<void>((resolve, reject) => {
      listener.#server.once('error', (error) => reject(portError(port, error)));
      listener.#server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
    });
    return listener;
  }

  /** What the server has to be told as its redirect address. */
  get redirectUri(): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  /** The parameters with which the browser came back. */
  get parameters(): Promise<URLSearchParams> {
    return this.#found;
  }

  /** Gives the port back. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  get #port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.redirectUri);
    const isOurs = request.method === 'GET' && url.pathname === path;
    // A page on another host could have this port under its own name.
    const isHere = request.headers.host === `127.0.0.1:${this.#port}`;
    if (!isOurs || !isHere) {
      respond(response, 404, page('Not found', 'There is nothing here.'));
    } else if (!isSame(url.searchParams.get('state') ?? '', this.#state)) {
      respond(response, 400, page('Not this sign-in', 'This answer belongs to another sign-in.'));
    } else {
      const isRefused = url.searchParams.has('error');
      const title = isRefused ? 'The sign-in was refused' : 'You are signed in';
      respond(response, 200, page(title, 'You can close this window and return to Mooring.'));
      // The page is on its way before the port is closed.
      response.once('close', () => this.#find(url.searchParams));
    }
  }
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(text);
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function portError(port: number, cause: Error): AppError {
  return new AppError('PORT_IN_USE', {
    title: `Port ${port} of this computer is in use`,
    detail: 'The browser could not come back to Mooring after the sign-in.',
    causes: ['Another program uses the redirect port, or another sign-in is still open.'],
    fixes: ['Close the other program, or register another redirect port with the server.'],
    cause,
  });
}
