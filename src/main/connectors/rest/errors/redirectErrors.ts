import { AppError } from '../../../base/AppError.ts';

const checkUrl = 'Check the base URL; use the address that the API redirects to.';

/** @param hops addresses without their queries, in order */
export function redirectLoopError(hops: readonly string[]): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The API redirects in a circle',
    detail: hops.join(' → '),
    causes: [
      'The API wants a log-in that it does not get, and sends its log-in page back and forth.',
      'The server is set up wrongly.',
    ],
    fixes: ['Check the authentication.', checkUrl],
  });
}

export function tooManyRedirectsError(hops: readonly string[]): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The API redirects too often',
    detail: hops.join(' → '),
    causes: ['The server is set up wrongly.'],
    fixes: [checkUrl],
  });
}

/** @param target without its query */
export function insecureTargetError(target: string): AppError {
  return new AppError('TLS_REQUIRED', {
    title: 'The API leads from https to plain http',
    detail: `The next address is ${target}. What is sent there can be read by everybody on the way.`,
    causes: ['The API, or a proxy in front of it, writes its addresses wrongly.'],
    fixes: ['Ask the owner of the API to use https in its addresses.'],
  });
}

export function secretInTargetError(target: string): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The API would send a secret to another server',
    detail: `It leads to ${target}, with a secret of this data source in the address.`,
    causes: ['The API copies the key into the address that it redirects to.', 'The server is hostile.'],
    fixes: ['Send the key as a header instead of a query parameter.', checkUrl],
  });
}

export function changedMethodError(method: string, status: number, target: string): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: `The API redirects a ${method} request`,
    detail: `Status ${status} leads to ${target}, where the request would become a GET without its body.`,
    causes: ['The address of the resource is out of date.', 'The API wants a log-in that it does not get.'],
    fixes: [checkUrl, 'Check the authentication.'],
    driverCode: String(status),
  });
}

export function brokenRedirectError(status: number): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: 'The API redirects to an address that is none',
    detail: `Status ${status} came without a valid Location.`,
    causes: ['The server is set up wrongly.'],
    fixes: ['Check the base URL and the path.'],
    driverCode: String(status),
  });
}
