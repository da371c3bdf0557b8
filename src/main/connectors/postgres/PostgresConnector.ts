import type { Clock } from '../../base/Clock.ts';
import type { Connection, ConnectOptions, Connector, ConnectTarget, Describer } from '../Connector.ts';
import { connectError } from './connectErrors.ts';
import { openWire } from './openWire.ts';
import { PostgresConnection } from './PostgresConnection.ts';
import { PostgresDescriber } from './PostgresDescriber.ts';
import { type Lookup, systemLookup } from './resolveHost.ts';
import { StageReporter } from './StageReporter.ts';
import { startSession } from './startSession.ts';
import { WireFailure } from './WireFailure.ts';

/** PostgreSQL 12 and later, and what speaks its protocol. */
export class PostgresConnector implements Connector {
  readonly kind = 'postgres';
  readonly describer: Describer;
  readonly #clock: Clock;
  readonly #lookup: Lookup;

  constructor(clock: Clock, lookup: Lookup = systemLookup) {
    this.#clock = clock;
    this.#lookup = lookup;
    this.describer = new PostgresDescriber(clock);
  }

  async connect(target: ConnectTarget, options: ConnectOptions): Promise<Connection> {
    const { fields } = target;
    const stages = new StageReporter(this.#clock, options.onStage ?? (() => undefined));
    const password = new AskedPassword(target.password);
    try {
      const wire = await openWire(fields, this.#lookup, this.#clock, stages, options.signal);
      const session = await startSession(wire, target, () => password.ask(), stages, options.signal);
      return new PostgresConnection(session, wire, { target: fields, ...fields.timeouts }, this.#clock);
    } catch (error) {
      stages.fail();
      throw connectError(error, { fields, stage: stages.current, password: password.asked });
    }
  }
}

/** The password of one connect, known from the moment the server asks for it so that no error text can hold it. */
class AskedPassword {
  readonly #source: () => Promise<string | null>;
  #asked: string | null = null;

  constructor(source: () => Promise<string | null>) {
    this.#source = source;
  }

  get asked(): string | null {
    return this.#asked;
  }

  async ask(): Promise<string> {
    this.#asked = await this.#source();
    if (this.#asked !== null && this.#asked !== '') return this.#asked;
    throw new WireFailure('password-missing', 'The server asked for a password and there is none');
  }
}
