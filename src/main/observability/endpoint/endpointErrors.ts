import { AppError } from '../../base/AppError.ts';

/** Why the endpoint cannot listen on a port. */
export function listenError(port: number, error: unknown): AppError {
  const driverCode = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (driverCode === 'EADDRINUSE') {
    return new AppError('PORT_IN_USE', {
      title: `Port ${port} is already in use`,
      detail:
        'Another program on this computer listens on it. Mooring never takes another port by itself, because Prometheus would not find it there.',
      causes: ['Another exporter, or another program, uses the same port.'],
      fixes: [
        'Choose another port, then copy the scrape configuration again.',
        'Quit the program that uses this port, then try again.',
      ],
      driverCode,
      cause: error,
    });
  }
  return new AppError('ENDPOINT_FAILED', {
    title: `Mooring cannot listen on port ${port}`,
    causes: ['The operating system reserves this port, or a security program does not allow it.'],
    fixes: ['Choose another port, then copy the scrape configuration again.'],
    driverCode,
    cause: error,
  });
}

export function endpointIsOff(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'The metrics endpoint is off',
    fixes: ['Turn it on in the settings first.'],
  });
}
