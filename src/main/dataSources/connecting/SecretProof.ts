import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';
import type { TypedSecret } from '../secrets/TypedSecrets.ts';

export interface SecretProofOptions {
  readonly factory: Pick<ConnectionFactory, 'connect'>;
  readonly targets: ConnectTargets;
  readonly clock: Clock;
}

/** What one log-in has shown. */
export interface Proof {
  /** The endpoint where it was made. */
  readonly endpoint: EndpointFields;
  /** Whether the server asked for the secret: one that did not has not accepted it either. */
  readonly wasAsked: boolean;
}

/** Shows whether a server accepts a secret: one log-in with exactly this one, outside of any pool, never tried again. */
export class SecretProof {
  readonly #options: SecretProofOptions;

  constructor(options: SecretProofOptions) {
    this.#options = options;
  }

  /** @throws CANCELLED, what `ConnectTargets.forDataSource` throws, or why the log-in failed */
  async prove(dataSource: DataSource, { field, value }: TypedSecret, signal: AbortSignal): Promise<Proof> {
    const { factory, targets, clock } = this.#options;
    const target = await targets.forDataSource(dataSource, signal);
    let wasAsked = false;
    const secret = async (asked: string) => {
      if (asked !== field) return target.secret(asked);
      wasAsked = true;
      return value;
    };
    const connection = await connectWithDeadline(factory, { ...target, secret }, clock, { signal });
    await connection.close();
    return { endpoint: { engine: target.engine, origin: dataSource.origin }, wasAsked };
  }
}
