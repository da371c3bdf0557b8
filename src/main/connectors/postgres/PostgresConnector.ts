import type { PostgresConfig } from '../../../shared/engines/postgres/config.ts';
import { postgresEngine } from '../../../shared/engines/postgres/engine.ts';
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
import { PostgresCatalogue } from './catalogue/PostgresCatalogue.ts';
import { PostgresRowReader } from './catalogue/PostgresRowReader.ts';
import { connectError, isRefusedByHba } from './errors/connectErrors.ts';
import { buildOf } from './family/builds.ts';
import { Endpoint } from './family/Endpoint.ts';
import { poolerOf } from './family/poolers.ts';
import { postgresTypes } from './logicalTypes.ts';
import { LoginFailure } from './login/LoginFailure.ts';
import { type AcceptedSession, startAccepted } from './login/startAccepted.ts';
import type { SessionRequest } from './login/startSession.ts';
import { type ConnectionSettings, PostgresConnection } from './PostgresConnection.ts';
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
  readonly #clock: Clock;
  readonly #dialer: Dialer;
  readonly #limits: ProcessLimits;
  /** As many as there are servers that people connect to. */
  readonly #endpoints = new Map<string, Endpoint>();

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

  async #logIn(
    wire: Wire,
    config: PostgresConfig,
    target: ConnectTarget,
    asked: AskedPassword,
    stages: StageReporter<PostgresStage>,
    signal: AbortSignal,
  ): Promise<SqlConnection> {
    const request: Omit<SessionRequest, 'accepts'> = {
      config,
      target,
      password: () => asked.ask(),
      clock: this.#clock,
      turn: this.#limits.turn,
    };
    const endpoint = this.#endpointOf(config);
    const reopen = () => reopenWire(config, wire.again, signal);
    const accepted = await startAccepted(wire, request, endpoint.startup, reopen, stages, signal);
    endpoint.startup = accepted.memory;
    return this.#connection(accepted, config, target, (bounded) =>
      this.#logInAgain(wire, config, request, target, bounded),
    );
  }

  /** @param openSecond opens another session of the same kind */
  #connection(
    { session, wire, accepts, asksReadOnly, memory }: AcceptedSession,
    config: PostgresConfig,
    { readOnly, timeouts }: ConnectTarget,
    openSecond: (signal: AbortSignal) => Promise<SqlConnection>,
  ): PostgresConnection {
    const endpoint = this.#endpointOf(config);
    const build = buildOf(session.statuses);
    const signs = { host: config.host, processId: session.key?.processId ?? null, build };
    const pooler = poolerOf({ ...signs, refusesSettings: memory.isPooler });
    const keepsTimeLimits = accepts === 'all';
    // PostgreSQL 14 and later report it: a pooler may have taken the setting for itself.
    const isReadOnly = asksReadOnly && session.statuses.get('default_transaction_read_only') !== 'off';
    const settings: ConnectionSettings = {
      ...{ target: config, memory: this.#limits.memory, readOnly, ...timeouts },
      serverKeepsLimits: keepsTimeLimits,
      readOnlyBy: isReadOnly && pooler === null && !build.isPlain ? 'session' : 'transactions',
      isPlain: build.isPlain,
      server: {
        ...{ build: build.name, greeting: null, keepsTimeLimits },
        // As much as is known when somebody asks.
        get pooler() {
          return pooler === null || endpoint.isDirect ? null : { ...pooler, lends: endpoint.lends };
        },
      },
      examineServer: async (asking, options) => {
        if (pooler !== null) await endpoint.examine(asking, openSecond, this.#clock, options);
      },
    };
    return new PostgresConnection(session, wire, settings, this.#clock);
  }

  /** Another session over the same way, beside the one that has opened it. */
  async #logInAgain(
    wire: Wire,
    config: PostgresConfig,
    request: Omit<SessionRequest, 'accepts'>,
    target: ConnectTarget,
    signal: AbortSignal,
  ): Promise<SqlConnection> {
    const silent = new StageReporter<PostgresStage>('dns', this.#clock, () => undefined);
    const reopen = () => reopenWire(config, wire.again, signal);
    const beside = { ...wire, stream: await reopen() };
    const { startup } = this.#endpointOf(config);
    const accepted = await startAccepted(beside, request, startup, reopen, silent, signal);
    return this.#connection(accepted, config, target, () => Promise.reject(new Error('One is enough')));
  }

  #endpointOf(config: PostgresConfig): Endpoint {
    const key = JSON.stringify(postgresEngine.endpoint(config));
    const known = this.#endpoints.get(key) ?? new Endpoint();
    this.#endpoints.set(key, known);
    return known;
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
