import { systemClock } from '../../../src/main/base/Clock.ts';
import type { QueryOptions, SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import type { ConnectOptions, ConnectTarget } from '../../../src/main/connectors/Connector.ts';
import { MysqlConnector } from '../../../src/main/connectors/mysql/MysqlConnector.ts';
import { Dialer } from '../../../src/main/connectors/network/Dialer.ts';
import type { Lookup } from '../../../src/main/connectors/network/sockets/resolveHost.ts';
import { PostgresConnector } from '../../../src/main/connectors/postgres/PostgresConnector.ts';

/** Opens real sessions, and counts what is asked of it. */
export class WatchedFactory extends ConnectionFactory {
  readonly #postgres: PostgresConnector;
  readonly #mysql: MysqlConnector;
  #begun = 0;
  #underWay = 0;
  #mostAtOnce = 0;
  #pings = 0;

  /** @param lookup default: the system's */
  constructor(lookup?: Lookup) {
    super(systemClock);
    const dialer = new Dialer(systemClock, lookup);
    this.#postgres = new PostgresConnector(systemClock, dialer);
    this.#mysql = new MysqlConnector(systemClock, dialer);
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

  override async connect(target: ConnectTarget, options: ConnectOptions): Promise<SqlConnection> {
    this.#begun += 1;
    this.#underWay += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#underWay);
    try {
      return this.#watchPings(await this.#open(target, options));
    } finally {
      this.#underWay -= 1;
    }
  }

  #open(target: ConnectTarget, options: ConnectOptions): Promise<SqlConnection> {
    const { kind, config } = target.engine;
    if (kind === 'postgres') return this.#postgres.connect(config, target, options);
    if (kind === 'mysql') return this.#mysql.connect(config, target, options);
    throw new Error('Only servers of SQL are watched');
  }

  #watchPings(connection: SqlConnection): SqlConnection {
    const ping = connection.ping.bind(connection);
    return Object.assign(connection, {
      ping: (options: QueryOptions) => {
        this.#pings += 1;
        return ping(options);
      },
    });
  }
}
