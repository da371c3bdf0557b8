import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { ConnectOptions, ConnectTarget } from '../../Connector.ts';
import { duringStage } from '../../network/failures/connectError.ts';
import { StageReporter } from '../../network/StageReporter.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import { createAuthentication } from '../authentication/createAuthentication.ts';
import { createTokenFetch } from '../authentication/tokenFetch.ts';
import { RestConnection } from '../RestConnection.ts';
import type { ApiRegistry } from './ApiRegistry.ts';
import { connectFailure } from './connectFailure.ts';
import { loginSender } from './loginSender.ts';
import type { WayStage } from './openWay.ts';
import { Redactor } from './Redactor.ts';
import { RequestRoute } from './RequestRoute.ts';
import { RequestSender } from './RequestSender.ts';
import { Transport } from './Transport.ts';
import { maxBytesOf, transportOptions, userAgentOf } from './transportOptions.ts';

export type RestStage = WayStage | 'auth';

export interface Surroundings {
  readonly registry: ApiRegistry;
  readonly lookup: Lookup;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Opens a connection: a socket to the API, and what its requests need to show who asks.
 * @throws AppError with causes and fixes; nothing is left open
 */
export async function openConnection(
  config: RestConfig,
  target: ConnectTarget,
  options: ConnectOptions,
  surroundings: Surroundings,
): Promise<RestConnection> {
  const { clock } = surroundings;
  const base = new URL(config.baseUrl);
  const stages = new StageReporter<RestStage>('dns', clock, options.onStage ?? (() => undefined));
  const redactor = new Redactor();
  const { connectMs } = target.timeouts;
  const transport = new Transport(transportOptions(config, connectMs, surroundings, target.secret));
  try {
    await transport.open(base, options.signal, stages);
    const parts = { config, target, options, surroundings, base, redactor, transport };
    const { authentication, connection } = assembled(parts);
    if (config.auth.type === 'none') stages.skip('auth', 'No authentication');
    else {
      stages.begin('auth');
      await authentication.credentials(options.signal);
      stages.succeed(noteOf(config));
    }
    return connection;
  } catch (error) {
    stages.fail();
    transport.destroy();
    const stage = stages.current === 'auth' ? 'while obtaining credentials' : duringStage[stages.current];
    throw redactor.error(connectFailure(error, config, base, stage, connectMs));
  }
}

interface Parts {
  readonly config: RestConfig;
  readonly target: ConnectTarget;
  readonly options: ConnectOptions;
  readonly surroundings: Surroundings;
  readonly base: URL;
  readonly redactor: Redactor;
  readonly transport: Transport;
}

function assembled({ config, target, options, surroundings, base, redactor, transport }: Parts) {
  const { registry, clock, random } = surroundings;
  const userAgent = userAgentOf(target.applicationName);
  const jar = config.keepsCookies ? registry.jarOf(options.sourceId ?? null) : null;
  const authentication = createAuthentication({
    ...{ config, registry, redactor },
    secret: target.secret,
    replaceSecret: target.replaceSecret ?? null,
    fetch: createTokenFetch(transport, base, userAgent, maxBytesOf(config)),
    sendLogin: loginSender({ config, transport, userAgent, jar }),
  });
  const maxBytes = maxBytesOf(config);
  const { queryMs } = target.timeouts;
  const route = new RequestRoute({
    ...{ config, base, transport, authentication, jar, redactor, userAgent, maxBytes },
  });
  const sender = new RequestSender({
    ...{ route, authentication, queryMs, clock, random },
    pace: registry.paceOf(config),
    maxRetries: config.maxRetries,
    meter: options.requests ?? null,
  });
  const connection = new RestConnection({
    ...{ config, base, transport, sender, redactor, queryMs, clock },
    isReadOnly: target.readOnly,
  });
  return { authentication, connection };
}

function noteOf({ auth }: RestConfig): string {
  switch (auth.type) {
    case 'oauth-client':
    case 'oauth-code':
      return 'The authorization server gave a token';
    case 'session':
      return 'The log-in request brought a token';
    default:
      return 'Checked with the first request';
  }
}
