import type { Endpoint } from '../../../shared/engines/Engine.ts';
import type { PostgresConfig } from '../../../shared/engines/postgres/config.ts';
import { postgresEngine } from '../../../shared/engines/postgres/engine.ts';
import { hostsOf, placeOf } from '../../../shared/engines/postgres/hosts.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Catalogue, RowReader } from '../Catalogue.ts';
import type { CatalogueSearch } from '../CatalogueSearch.ts';
import type { ServedAt, SqlConnection } from '../Connection.ts';
import type { ConnectOptions, Connector, ConnectTarget } from '../Connector.ts';
import { Dialer } from '../network/Dialer.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import { ProcessLimits } from '../network/limits/ProcessLimits.ts';
import { StageReporter } from '../network/StageReporter.ts';
import type { ServerActivity } from '../ServerActivity.ts';
import type { ServerCatalogue } from '../ServerCatalogue.ts';
import { HostSearch } from '../sql/hosts/HostSearch.ts';
import type { TableWriter } from '../TableWriter.ts';
import { PostgresActivity } from './activity/PostgresActivity.ts';
import { postgresDatabases } from './catalogue/databaseList.ts';
import { PostgresCatalogue } from './catalogue/PostgresCatalogue.ts';
import { PostgresRowReader } from './catalogue/PostgresRowReader.ts';
import { PostgresSearch } from './catalogue/search/PostgresSearch.ts';
import { connectError, isRefusedByHba } from './errors/connectErrors.ts';
import { buildOf } from './family/builds.ts';
import { EndpointMemory } from './family/EndpointMemory.ts';
import { poolerOf } from './family/poolers.ts';
import { demandFor } from './hostRole.ts';
import { postgresTypes } from './logicalTypes.ts';
import { LoginFailure } from './login/LoginFailure.ts';
import { passwordInPgpass } from './login/passwordFile.ts';
import { readService } from './login/serviceFile.ts';
import { type AcceptedSession, startAccepted } from './login/startAccepted.ts';
import type { SessionRequest } from './login/startSession.ts';
import { type ConnectionSettings, PostgresConnection } from './PostgresConnection.ts';
import { postgresDialect } from './postgresDialect.ts';
import { PostgresServer } from './server/PostgresServer.ts';
import { offersTls, openWire, replacedWire, type Wire } from './wire/openWire.ts';
import { type PostgresStage, postgresStages } from './wire/postgresService.ts';
import { PostgresTableWriter } from './writing/PostgresTableWriter.ts';

/** PostgreSQL 12 and later, and what speaks its protocol. */
export class PostgresConnector implements Connector<'postgres'> {
  readonly stages = postgresStages;
  readonly catalogue: Catalogue = new PostgresCatalogue();
  readonly search: CatalogueSearch = new PostgresSearch();
  readonly rows: RowReader = new PostgresRowReader();
  readonly dialect = postgresDialect;
  readonly activity: ServerActivity = new PostgresActivity();
  readonly server: ServerCatalogue = new PostgresServer();
  readonly types = postgresTypes;
  readonly writer: TableWriter = new PostgresTableWriter();
  readonly requests = null;
  readonly passwordInFile = passwordInPgpass;
  readonly profileInFile = (name: string) => readService(name);
  readonly databases = postgresDatabases;
  readonly #clock: Clock;
  readonly #dialer: Dialer;
  readonly #limits: ProcessLimits;
  /** As many as there are servers that people connect to. */
  readonly #endpoints = new Map<string, EndpointMemory>();

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
    const { otherHosts, targetSession } = config;
    if (otherHosts === undefined && targetSession === undefined)
      return this.#connectTo(config, target, options);
    return new HostSearch({
      ...{ hosts: hostsOf(config), isBalanced: config.balanceHosts === true, options, clock: this.#clock },
      connectMs: target.timeouts.connectMs,
      demand: demandFor(targetSession, target.readOnly),
      connectTo: (place, own) => this.#connectTo({ ...config, ...place }, target, own),
    }).run();
  }

  /** To the only host, or to one of several. */
  async #connectTo(
    config: PostgresConfig,
    target: ConnectTarget,
    options: ConnectOptions,
  ): Promise<SqlConnection> {
    const { signal } = options;
    const tell = options.onStage ?? (() => undefined);
    const stages = new StageReporter<PostgresStage>('dns', this.#clock, tell);
    const place = placeOf(config);
    const password = new AskedPassword(() => target.secret('password', { place, signal }));
    const attempt: Attempt = { config, target, endpoint: this.#endpointOf(config), password, stages, signal };
    let wire: Wire | null = null;
    try {
      const way = this.#dialer.wayTo(place, { ...target, ...options, network: config.network });
      wire = await openWire(config, way, passphraseOf(target), stages, signal);
      return await this.#logInEitherWay(wire, attempt);
    } catch (error) {
      stages.fail();
      throw connectError(error, {
        aim: { ...config, ...aimOf(config, place), connectMs: target.timeouts.connectMs },
        stage: stages.current,
        couldEncrypt: await this.#couldEncrypt(error, wire, config, signal),
        password: password.asked,
      });
    }
  }

  /**
   * Under `prefer` and `allow`, a log-in that pg_hba.conf keeps out is tried once more with the other kind of wire. Only
   * then, while libpq repeats any: a wrong password would count twice.
   */
  async #logInEitherWay(wire: Wire, attempt: Attempt): Promise<SqlConnection> {
    const { config, target, stages, signal } = attempt;
    const { mode } = config.tls;
    try {
      return await this.#logIn(wire, attempt);
    } catch (refusal) {
      if ((mode !== 'prefer' && mode !== 'allow') || !isRefusedByHba(refusal)) throw refusal;
      // Under `prefer` it may be the second kind already.
      if (mode === 'prefer' && !wire.tls.active) throw refusal;
      const passphrase = passphraseOf(target);
      try {
        const other = await replacedWire(wire, !wire.tls.active, config, passphrase, stages, signal);
        return await this.#logIn(other, attempt);
      } catch (error) {
        const isRefusedToo = isRefusedByHba(error) || isDeclined(error);
        throw isRefusedToo ? refusal : error;
      }
    }
  }

  async #logIn(wire: Wire, attempt: Attempt): Promise<SqlConnection> {
    const { config, target, endpoint, password, stages, signal } = attempt;
    const request: Omit<SessionRequest, 'accepts'> = {
      config,
      target,
      password: () => password.ask(),
      clock: this.#clock,
      turn: this.#limits.turn,
    };
    const reopen = () => wire.reopen(signal);
    const accepted = await startAccepted(wire, request, endpoint.startup, reopen, stages, signal);
    endpoint.startup = accepted.memory;
    return this.#connection(accepted, attempt, (bounded) =>
      this.#logInAgain(wire, attempt, request, bounded),
    );
  }

  /** @param openSecond opens another session of the same kind */
  #connection(
    { session, wire, accepts, asksReadOnly, memory }: AcceptedSession,
    { config, target, endpoint }: Attempt,
    openSecond: (signal: AbortSignal) => Promise<SqlConnection>,
  ): PostgresConnection {
    const { readOnly, timeouts } = target;
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
          if (pooler === null) return endpoint.pgpool;
          return endpoint.isDirect ? null : { ...pooler, lends: endpoint.lends };
        },
      },
      examineServer: async (asking, options) => {
        if (pooler !== null) await endpoint.examine(asking, openSecond, this.#clock, options);
        else if (!build.isPlain && isElsewhere(options.servedAt, wire, config))
          await endpoint.findPgpool(asking, options);
      },
    };
    return new PostgresConnection(session, wire, settings, this.#clock);
  }

  /** Another session over the same way, beside the one that has opened it. */
  async #logInAgain(
    wire: Wire,
    attempt: Attempt,
    request: Omit<SessionRequest, 'accepts'>,
    signal: AbortSignal,
  ): Promise<SqlConnection> {
    const silent = new StageReporter<PostgresStage>('dns', this.#clock, () => undefined);
    const reopen = () => wire.reopen(signal);
    const beside = { ...wire, stream: await reopen() };
    const { startup } = attempt.endpoint;
    const accepted = await startAccepted(beside, request, startup, reopen, silent, signal);
    return this.#connection(accepted, attempt, () => Promise.reject(new Error('One is enough')));
  }

  #endpointOf(config: PostgresConfig): EndpointMemory {
    const key = JSON.stringify(postgresEngine.endpoint(config));
    const known = this.#endpoints.get(key) ?? new EndpointMemory();
    this.#endpoints.set(key, known);
    return known;
  }

  /** Asked only where it makes a difference: when pg_hba.conf kept us out in clear text. */
  async #couldEncrypt(
    error: unknown,
    wire: Wire | null,
    { socketFolder }: PostgresConfig,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (wire === null || wire.tls.active || !isRefusedByHba(error) || socketFolder !== undefined)
      return false;
    return offersTls(wire.again, this.#clock, signal);
  }
}

/** One connect, whichever wire it is made over. */
interface Attempt {
  readonly config: PostgresConfig;
  readonly target: ConnectTarget;
  /** Looked up once: whatever names the server is part of its key, authorities included. */
  readonly endpoint: EndpointMemory;
  readonly password: AskedPassword;
  readonly stages: StageReporter<PostgresStage>;
  readonly signal: AbortSignal;
}

/** Of the key of the client certificate. */
const passphraseOf = (target: ConnectTarget) => () => target.secret('clientKeyPassphrase');

/** Whether the server was reached elsewhere than where we went: by way of a pooler, a tunnel, or another address of its own. */
function isElsewhere(servedAt: ServedAt | undefined, { address }: Wire, config: PostgresConfig): boolean {
  if (servedAt === undefined || config.socketFolder !== undefined) return false;
  const isOtherAddress = address !== null && servedAt.address !== address.address;
  return servedAt.port !== config.port || isOtherAddress;
}

const isDeclined = (error: unknown): boolean =>
  error instanceof WireFailure && error.kind === 'tls-not-supported';

/** Over a socket nothing is encrypted, so that no failure is explained with it. */
const aimOf = ({ tls }: PostgresConfig, place: Endpoint['place']) => ({
  place,
  tls: 'socketPath' in place ? null : tls,
});

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
