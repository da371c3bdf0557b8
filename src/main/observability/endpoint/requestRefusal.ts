import type { IncomingMessage } from 'node:http';

/** Why a request gets no metrics. */
export type Refusal = 'host' | 'origin' | 'path' | 'method' | 'token';

export const metricsPath = '/metrics';

const refusalStatus: Record<Refusal, number> = { host: 403, origin: 403, path: 404, method: 405, token: 401 };

/** What a browser adds to a request, whatever page makes it. No program that reads metrics sends any of it. */
const browserHeaders = ['origin', 'sec-fetch-site', 'sec-fetch-mode'];

/**
 * Whether a request may not be answered. The host comes first: a page whose name was pointed at this computer (DNS
 * rebinding) names its own host, and learns nothing.
 */
export function refusalOf(
  { method, url, headers, rawHeaders }: IncomingMessage,
  port: number,
  isToken: (given: string) => boolean,
): Refusal | null {
  const hostCount = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (hostCount !== 1 || !hosts.includes(headers.host ?? '')) return 'host';
  if (browserHeaders.some((name) => headers[name] !== undefined)) return 'origin';
  if (url !== metricsPath) return 'path';
  if (method !== 'GET') return 'method';
  const [, token] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '') ?? [];
  return token !== undefined && isToken(token) ? null : 'token';
}

/** The answer to a refused request, which says nothing but its status. */
export function refusalAnswer(refusal: Refusal): { status: number; headers: Record<string, string> } {
  const headers: Record<string, string> = {};
  if (refusal === 'method') headers.Allow = 'GET';
  if (refusal === 'token') headers['WWW-Authenticate'] = 'Bearer';
  return { status: refusalStatus[refusal], headers };
}
