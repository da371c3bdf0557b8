import { AppError, isAppError } from '../base/AppError.ts';

/**
 * The data source waits for its next attempt, so nobody is kept waiting for it.
 * @param cause what the last attempt failed with
 * @param retryAfterMs until the next one; 0 while it is under way
 */
export function circuitOpenError(cause: unknown, retryAfterMs: number): AppError {
  const known = isAppError(cause) ? cause : null;
  const when =
    retryAfterMs > 0
      ? `Mooring tries again in ${Math.ceil(retryAfterMs / 1_000)} s.`
      : 'Mooring is trying again now.';
  return new AppError('CIRCUIT_OPEN', {
    title: known === null ? 'The data source is not connected' : `Not connected: ${known.message}`,
    detail: [known?.detail ?? '', when].filter((text) => text !== '').join(' '),
    causes: known?.causes ?? [],
    fixes: ['Wait for the next attempt, or try again now.', ...(known?.fixes ?? [])],
    driverCode: known?.driverCode ?? null,
    retryable: true,
    retryAfterMs,
    cause,
  });
}

/** Who was refused while the circuit was open is told why it is open. */
export const underlying = (error: unknown): unknown =>
  isAppError(error) && error.code === 'CIRCUIT_OPEN' && error.cause !== undefined ? error.cause : error;

export function allLostError(): AppError {
  return new AppError('CONNECTION_LOST', {
    title: 'All connections were lost',
    causes: [
      'The server was restarted, or an administrator ended the sessions.',
      'The network or the VPN was interrupted, or this computer was asleep.',
    ],
    fixes: [
      'Wait: Mooring reconnects automatically.',
      'If it does not succeed, check the network and the VPN.',
    ],
    retryable: true,
  });
}

export function someLostError(lost: number, checked: number): AppError {
  return new AppError('CONNECTION_LOST', {
    title: 'Some connections did not answer',
    detail: `${lost} of ${checked} idle connections did not answer a check and were closed.`,
    causes: ['A device on the network path to the server drops connections, or the server ends sessions.'],
    fixes: [
      'Keep working: Mooring opens new connections automatically.',
      'Ask the administrator if this happens often.',
    ],
    retryable: true,
  });
}

/** For connects that began before the network changed: their packets may go nowhere. */
export function networkChangedError(): AppError {
  return new AppError('CONNECTION_RESET', {
    title: 'The network changed while connecting',
    causes: ['The computer woke from sleep, or its network or VPN changed.'],
    fixes: ['Wait: Mooring tries again automatically.'],
    retryable: true,
  });
}
