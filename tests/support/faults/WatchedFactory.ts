import { systemClock } from '../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import type {
  Connection,
  ConnectOptions,
  Connector,
  ConnectTarget,
  QueryOptions,
} from '../../../src/main/connectors/Connector.ts';
import type { Lookup } from '../../../src/main/connectors/network/sockets/resolveHost.ts';
import { PostgresConnector } from '../../../src/main/connectors/postgres/PostgresConnector.ts';

/** Makes the real connector, and counts what is asked of it. */
export class WatchedFactory extends ConnectionFactory {
  readonly #connector: Connector;
  #begun = 0;
  #underWay = 0;
  #mostAtOnce = 0;
  #pings = 0;

  /** @param lookup default: the system's */
  constructor(lookup?: Lookup) {
    super(systemClock);
    const real = new PostgresConnector(systemClock, lookup);
    this.#connector = {
      kind: real.kind,
      describer: real.describer,
      connect: (target, options) => this.#connect(real, target, options),
    };
  }

  /** Connects begun so far. */
  get begun(): number {
    return this.#begun;
  }

  /** The most connects that were under way at one moment. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** Pings begun so far, on all connections. */
  get pings(): number {
    return this.#pings;
  }

  override forKind(): Connector {
    return this.#connector;
  }

  async #connect(real: Connector, target: ConnectTarget, options: ConnectOptions): Promise<Connection> {
    this.#begun += 1;
    this.#underWay += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#underWay);
    try {
      return this.#watchPings(await real.connect(target, options));
    } finally {
      this.#underWay -= 1;
    }
  }

  #watchPings(connection: Connection): Connection {
    const ping = connection.ping.bind(connection);
    return Object.assign(connection, {
      ping: (options: QueryOptions) => {
        this.#pings += 1;
        return ping(options);
      },
    });
  }
}
