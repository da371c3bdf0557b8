import { endpointOf } from '../../shared/engines/engines.ts';
import { placeText } from '../../shared/engines/hostText.ts';
import { AppError } from '../base/AppError.ts';
import { withDeadline } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { ConnectOptions, ConnectTarget } from '../connectors/Connector.ts';

/**
 * Connects within the data source's own deadline, which DNS, TCP, TLS and authentication share. Of several hosts each has
 * this time, as for libpq; the connector sees to that.
 * @throws CONNECT_TIMEOUT, or what the connector throws
 */
export function connectWithDeadline(
  factory: Pick<ConnectionFactory, 'connect'>,
  target: ConnectTarget,
  clock: Clock,
  { signal, ...options }: ConnectOptions,
): Promise<Connection> {
  const { engine, timeouts } = target;
  const timeoutError = () =>
    new AppError('CONNECT_TIMEOUT', {
      title: 'The server did not answer in time',
      detail: `No session with ${placeText(endpointOf(engine).place)} within ${timeouts.connectMs / 1_000} s.`,
      causes: [
        'A firewall on the way to the server silently drops the packets.',
        'The VPN or network needed to reach the server is not connected.',
        'The host or port is wrong, or the server is overloaded.',
      ],
      fixes: [
        'Check the network and the VPN, then try again.',
        'Check the host and port.',
        'Ask the administrator whether your address is allowed to reach the server.',
        'Increase the connect time-out in the advanced options if the server is just slow.',
      ],
      driverCode: 'ETIMEDOUT',
      retryable: true,
    });
  const hostCount = 1 + (endpointOf(engine).otherPlaces?.length ?? 0);
  return withDeadline(clock, signal, hostCount * timeouts.connectMs, timeoutError, (limited) =>
    factory.connect(target, { ...options, signal: limited }),
  );
}
