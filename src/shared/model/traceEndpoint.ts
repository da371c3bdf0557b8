/** Apart from the schemas, which the window does without. */

export const maxEndpointLength = 500;

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Where collectors take traces, if the endpoint names no path (OTLP specification, "OTLP/HTTP Request"). */
const tracesPath = '/v1/traces';

/** Whether what is sent there stays on this computer. */
export const isLoopback = ({ hostname }: URL): boolean => loopback.has(hostname);

/**
 * Where the spans go. Null for a text that is no endpoint: another scheme, http to another computer, a user name, a query
 * or a fragment, in which secrets would stand where everybody reads them.
 */
export function tracesUrlOf(endpoint: string): URL | null {
  if (!/^https?:\/\/(?!\/)[\x21-\x7e]+$/i.test(endpoint) || /[?#@\\]/.test(endpoint)) return null;
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  if (url.protocol === 'http:' && !isLoopback(url)) return null;
  if (url.pathname === '/') url.pathname = tracesPath;
  return url;
}
