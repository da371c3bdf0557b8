import type { DataSource, DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';

export interface PasswordProofOptions {
  readonly factory: ConnectionFactory;
  readonly targets: ConnectTargets;
  readonly clock: Clock;
}

/** What one log-in has shown. */
export interface Proof {
  /** The endpoint where it was made. */
  readonly fields: DataSourceFields;
  /** Whether the server asked for the password: one that did not has not accepted it either. */
  readonly wasAsked: boolean;
}

/** Shows whether a server accepts a password: one log-in with exactly this one, outside of any pool, never tried again. */
export class PasswordProof {
  readonly #options: PasswordProofOptions;

  constructor(options: PasswordProofOptions) {
    this.#options = options;
  }

  /** @throws CANCELLED, what `ConnectTargets.forDataSource` throws, or why the log-in failed */
  async prove(dataSource: DataSource, password: string, signal: AbortSignal): Promise<Proof> {
    const { factory, targets, clock } = this.#options;
    const target = await targets.forDataSource(dataSource, signal);
    let wasAsked = false;
    const asked = async () => {
      wasAsked = true;
      return password;
    };
    const connector = factory.forKind(target.fields.kind);
    const connection = await connectWithDeadline(connector, { ...target, password: asked }, clock, {
      signal,
    });
    await connection.close();
    return { fields: target.fields, wasAsked };
  }
}
