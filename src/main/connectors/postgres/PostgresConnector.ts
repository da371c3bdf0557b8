import type { PostgresConfig } from '../../../shared/engines/postgres/config.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Catalogue, RowReader } from '../Catalogue.ts';
import type { SqlConnection } from '../Connection.ts';
import type { ConnectOptions, Connector, ConnectTarget } from '../Connector.ts';
import { Dialer } from '../network/Dialer.ts';
import { ProcessLimits } from '../network/limits/ProcessLimits.ts';
import { StageReporter } from '../network/StageReporter.ts';
import type { ServerActivity } from '../ServerActivity.ts';
import type { TableWriter } from '../TableWriter.ts';
import { PostgresActivity } from './activity/PostgresActivity.ts';
import { postgresDatabases } from './catalogue/databaseList.ts';
import { PostgresCatalogue } from './catalogue/PostgresCatalogue.ts';
import { PostgresRowReader } from './catalogue/PostgresRowReader.ts';
import { connectError, isRefusedByHba } from './errors/connectErrors.ts';
import { postgresTypes } from './logicalTypes.ts';
import { LoginFailure } from './login/LoginFailure.ts';
import { refusesSettings, type SessionRequest, startSession } from './login/startSession.ts';
import { PostgresConnection } from './PostgresConnection.ts';
import { postgresDialect } from './postgresDialect.ts';
import { offersTls, openWire, reopenWire, type Wire } from './wire/openWire.ts';
import { type PostgresStage, postgresStages } from './wire/postgresService.ts';
import { PostgresTableWriter } from './writing/PostgresTableWriter.ts';

/** PostgreSQL 12 and later, and what speaks its protocol. */
export class PostgresConnector implements Connector<'postgres'> {
  readonly stages = postgresStages;
  readonly catalogue: Catalogue = new PostgresCatalogue();
  readonly rows: RowReader = new PostgresRowReader();
  readonly dialect = postgresDialect;
  readonly activity: ServerActivity = new PostgresActivity();
  readonly types = postgresTypes;
  readonly writer: TableWriter = new PostgresTableWriter();
  readonly requests = null;
  readonly databases = postgresDatabases;
  readonly #clock: Clock;
  readonly #dialer: Dialer;
  readonly #limits: ProcessLimits;

  constructor(clock: Clock, dialer = new Dialer(clock), limits = new ProcessLimits()) {
    this.#clock = clock;
    this.#dialer = dialer;
    this.#limits = limits;
  }

  async connect(
    config: PostgresConfig,
    target: ConnectTarget,
    options: ConnectOptions,
  ): Promise<SqlConnection> {
    const { signal } = options;
    const tell = options.onStage ?? (() => undefined);
    const stages = new StageReporter<PostgresStage>('dns', this.#clock, tell);
    const password = new AskedPassword(() => target.secret('password'));
    let wire: Wire | null = null;
    try {
      const way = this.#dialer.wayTo(config, { ...target, ...options, network: config.network });
      wire = await openWire(config, way, stages, signal);
      return await this.#logIn(wire, config, target, password, stages, signal);
    } catch (error) {
      stages.fail();
      const { host, port } = config;
      throw connectError(error, {
        aim: { ...config, place: { host, port }, connectMs: target.timeouts.connectMs },
        stage: stages.current,
        couldEncrypt: await this.#couldEncrypt(error, wire, signal),
        password: password.asked,
      });
    }
  }

  /**
   * A pooler that refuses our settings is asked again with those alone that it knows: our own guards keep the time limits,
   * and our own statements pin the other settings for themselves. They are not set after the log-in: behind a pooler that
   * lends a server connection for a transaction they would reach the sessions of others.
   */
  async #logIn(
    wire: Wire,
    config: PostgresConfig,
    target: ConnectTarget,
    asked: AskedPassword,
    stages: StageReporter<PostgresStage>,
    signal: AbortSignal,
  ): Promise<SqlConnection> {
    const { readOnly, timeouts } = target;
    const settings = { target: config, memory: this.#limits.memory, readOnly, ...timeouts };
    const request: Omit<SessionRequest, 'accepts'> = {
      config,
      target,
      password: () => asked.ask(),
      clock: this.#clock,
      turn: this.#limits.turn,
    };
    try {
      const session = await startSession(wire, { ...request, accepts: 'all' }, stages, signal);
      return new PostgresConnection(session, wire, { ...settings, serverKeepsLimits: true }, this.#clock);
    } catch (error) {
      if (!refusesSettings(error)) throw error;
    }
    const stream = await reopenWire(config, wire.again, signal);
    const again = { ...wire, stream };
    const session = await startSession(again, { ...request, accepts: 'pooler' }, stages, signal);
    return new PostgresConnection(session, again, { ...settings, serverKeepsLimits: false }, this.#clock);
  }

  /** Asked only where it makes a difference: when pg_hba.conf kept us out in clear text. */
  async #couldEncrypt(error: unknown, wire: Wire | null, signal: AbortSignal): Promise<boolean> {
    if (wire === null || wire.tls.active || !isRefusedByHba(error)) return false;
    return offersTls(wire.again, this.#clock, signal);
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
    throw new LoginFailure('password-missing', 'The server asked for a password, but none was given.');
  }
}
