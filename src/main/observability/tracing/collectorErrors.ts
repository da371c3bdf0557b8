import { AppError } from '../../base/AppError.ts';

const unknownName: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Why no answer came from a collector. */
export function unreachableError({ host, protocol }: URL, error: unknown): AppError {
  const driverCode = codeOf(error);
  const shared = { retryable: true, driverCode, cause: error };
  if (driverCode === 'ECONNREFUSED') {
    return new AppError('COLLECTOR_UNREACHABLE', {
      ...shared,
      title: `Nothing listens on ${host}`,
      causes: ['The collector is not running.', 'It listens on another port.'],
      fixes: ['Start the collector.', 'Check the port: OTLP over HTTP usually uses 4318, not 4317 (gRPC).'],
    });
  }
  if (driverCode !== null && unknownName.has(driverCode)) {
    return new AppError('COLLECTOR_UNREACHABLE', {
      ...shared,
      title: `No address was found for ${host}`,
      causes: ['The name is misspelt.', 'The name is known in another network only, such as a VPN.'],
      fixes: ['Check the endpoint.', 'Connect to the network of the collector.'],
    });
  }
  if (protocol === 'https:' && driverCode !== null && /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(driverCode)) {
    return new AppError('COLLECTOR_UNREACHABLE', {
      ...shared,
      title: `The certificate of ${host} is not trusted`,
      causes: [
        'It was issued by an authority that this computer does not know, for another name, or has expired.',
        'The port answers without TLS.',
      ],
      fixes: ['Use the name and the port for which the certificate was issued.'],
    });
  }
  return new AppError('COLLECTOR_UNREACHABLE', {
    ...shared,
    title: `The collector at ${host} cannot be reached`,
    causes: ['A network or firewall in between drops the connection.', 'The port speaks another protocol.'],
    fixes: ['Check the endpoint: it must speak OTLP over HTTP with JSON.'],
  });
}

/** @param limitMs that was waited */
export function silentError({ host }: URL, limitMs: number): AppError {
  return new AppError('COLLECTOR_UNREACHABLE', {
    title: `The collector at ${host} did not answer within ${limitMs / 1_000} seconds`,
    causes: ['The collector is overloaded.', 'A firewall in between drops the connection.'],
    fixes: ['Check the endpoint, then try again.'],
    retryable: true,
  });
}

/** What an answer other than a success means. */
export function refusedError({ host, pathname }: URL, status: number): AppError {
  const shared = { driverCode: `HTTP ${status}`, retryable: isTemporary(status) };
  if (status === 401 || status === 403) {
    return new AppError('COLLECTOR_REFUSED', {
      ...shared,
      title: `The collector at ${host} does not accept the header`,
      causes: ['The header is missing, misspelt or has expired.'],
      fixes: ['Set the header that the operator of the collector gave you.'],
    });
  }
  if (status === 404 || status === 405 || status === 415) {
    return new AppError('COLLECTOR_REFUSED', {
      ...shared,
      title: `${host} takes no traces at ${pathname}`,
      causes: ['The path is another one.', 'This is no OTLP collector, or it does not take JSON.'],
      fixes: ['Ask the operator of the collector for its endpoint for OTLP over HTTP.'],
    });
  }
  if (status >= 300 && status < 400) {
    return new AppError('COLLECTOR_REFUSED', {
      ...shared,
      title: `${host} wants the spans to be sent elsewhere`,
      detail: 'Mooring follows no redirect, because it could lead to anybody.',
      causes: ['The collector moved, or a proxy wants a log-in.'],
      fixes: ['Enter the endpoint to which it leads.'],
    });
  }
  return new AppError('COLLECTOR_REFUSED', {
    ...shared,
    title: `The collector at ${host} did not take the spans`,
    causes: ['The collector is overloaded, or is not set up for traces.'],
    fixes: ['Look into the log of the collector.'],
  });
}

/** The collector answered, and dropped what it was sent. */
export function rejectedError({ host }: URL): AppError {
  return new AppError('COLLECTOR_REFUSED', {
    title: `The collector at ${host} answered, but dropped the span`,
    causes: ['A limit or a rule of the collector does not let it pass.'],
    fixes: ['Look into the log of the collector.'],
  });
}

export const headerStaysError = (): AppError =>
  new AppError('VAULT_UNAVAILABLE', {
    title: 'The keychain did not remove the header',
    causes: ['The keychain is locked.'],
    fixes: ['Unlock the keychain, then try again.'],
  });

export const noEndpointError = (): AppError =>
  new AppError('NOT_FOUND', {
    title: 'There is no endpoint to send a span to',
    fixes: ['Turn tracing on and enter an endpoint first.'],
  });

/** Which answers may be another one later (OTLP specification, "Retryable Response Codes"). */
const isTemporary = (status: number): boolean => [429, 502, 503, 504].includes(status);

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
