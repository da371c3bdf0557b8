import { placeText } from '../../../shared/engines/hostText.ts';
import type { MysqlConfig } from '../../../shared/engines/mysql/config.ts';
import { mysqlEngine } from '../../../shared/engines/mysql/engine.ts';
import { allHosts } from '../../../shared/engines/severalHosts.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Catalogue, RowReader } from '../Catalogue.ts';
import type { CatalogueSearch } from '../CatalogueSearch.ts';
import type { SqlConnection } from '../Connection.ts';
import type { AskingServer, ConnectOptions, Connector, ConnectTarget } from '../Connector.ts';
import { Dialer } from '../network/Dialer.ts';
import { connectError, duringStage } from '../network/failures/connectError.ts';
import { ProcessLimits } from '../network/limits/ProcessLimits.ts';
import type { ReadingTurn } from '../network/limits/ReadingTurn.ts';
import { StageReporter } from '../network/StageReporter.ts';
import { hopStages, hostStages } from '../network/sockets/reachStages.ts';
import type { ServerActivity } from '../ServerActivity.ts';
import type { ServerCatalogue } from '../ServerCatalogue.ts';
import { HostSearch } from '../sql/hosts/HostSearch.ts';
import type { TableWriter } from '../TableWriter.ts';
import { MysqlActivity } from './activity/MysqlActivity.ts';
import { mysqlDatabases } from './catalogue/databaseNames.ts';
import { MysqlCatalogue } from './catalogue/MysqlCatalogue.ts';
import { MysqlRowReader } from './catalogue/MysqlRowReader.ts';
import { MysqlSearch } from './catalogue/search/MysqlSearch.ts';
import { mysqlFailures, mysqlWords } from './errors/connectFailures.ts';
import { buildOf } from './family/builds.ts';
import { demandFor } from './hostRole.ts';
import { killQuery } from './killQuery.ts';
import { mysqlTypes } from './logicalTypes.ts';
import { isMysqlLoginMethod } from './login/authenticationPolicy.ts';
import type { Admission } from './login/LogIn.ts';
import { passwordInOptionFile } from './login/passwordFile.ts';
import { MysqlConnection } from './MysqlConnection.ts';
import { mysqlDialect } from './mysqlDialect.ts';
import { type OpenWire, openWire, type WireStage } from './openWire.ts';
import { MysqlServer } from './server/MysqlServer.ts';
import { personalSqlModeOf, startStatements, statementLimit } from './sessionSettings.ts';
import { type SessionRequest, startSession } from './startSession.ts';
import { MysqlTableWriter } from './writing/MysqlTableWriter.ts';

type MysqlStage = WireStage | 'auth' | 'session';

/** As in "The time-out expired during log-in". */
const during: Readonly<Record<MysqlStage, string>> = {
  ...duringStage,
  greeting: 'while waiting for the greeting of the server',
  auth: 'during log-in',
  session: 'while setting up the session',
};

/** MySQL 8.0 and later, MariaDB 10.6 and later, and what speaks their protocol. */
export class MysqlConnector implements Connector<'mysql'> {
  readonly stages: readonly string[] = [
    ...hostStages,
    ...hopStages,
    ...(['dns', 'tcp', 'proxy', 'socket', 'greeting', 'tls', 'auth', 'session'] as const),
  ];
  readonly catalogue: Catalogue = new MysqlCatalogue();
  readonly search: CatalogueSearch = new MysqlSearch();
  readonly rows: RowReader = new MysqlRowReader();
  readonly dialect = mysqlDialect;
  readonly activity: ServerActivity = new MysqlActivity();
  readonly server: ServerCatalogue = new MysqlServer();
  readonly types = mysqlTypes;
  readonly writer: TableWriter = new MysqlTableWriter();
  readonly requests = null;
  readonly passwordInFile = passwordInOptionFile;
  readonly databases = mysqlDatabases;
  readonly #clock: Clock;
  readonly #dialer: Dialer;
  readonly #limits: ProcessLimits;
  /** Log-ins whose last session could be set up: the next one is given out before the server has said so. */
  readonly #proven = new Set<string>();

  constructor(clock: Clock, dialer = new Dialer(clock), limits = new ProcessLimits()) {
    this.#clock = clock;
    this.#dialer = dialer;
    this.#limits = limits;
  }

  async connect(config: MysqlConfig, target: ConnectTarget, options: ConnectOptions): Promise<SqlConnection> {
    const { otherHosts, targetSession, socketPath } = config;
    if (socketPath !== null || (otherHosts === undefined && targetSession === undefined)) {
      return this.#connectTo(config, target, options);
    }
    return new HostSearch({
      ...{ hosts: allHosts(config), isBalanced: config.balanceHosts === true, options, clock: this.#clock },
      connectMs: target.timeouts.connectMs,
      demand: demandFor(targetSession),
      connectTo: (place, own) => this.#connectTo({ ...config, ...place }, target, own),
    }).run();
  }

  /** To the only host, or to one of several. */
  async #connectTo(
    config: MysqlConfig,
    target: ConnectTarget,
    options: ConnectOptions,
  ): Promise<SqlConnection> {
    const { signal } = options;
    const stages = new StageReporter<MysqlStage>('dns', this.#clock, options.onStage ?? (() => undefined));
    const password = new AskedPassword(target, { place: mysqlEngine.endpoint(config).place, signal });
    try {
      const { place } = mysqlEngine.endpoint(config);
      const way = this.#dialer.wayTo(place, { ...target, ...options, network: config.network });
      const passphrase = () => target.secret('clientKeyPassphrase');
      const wish = { config, loadsRows: target.loadsRows === true, passphrase };
      const wire = await openWire(wish, way, stages, signal);
      return await this.#logIn(wire, config, target, password, stages, signal);
    } catch (error) {
      stages.fail();
      const { place, tls } = mysqlEngine.endpoint(config);
      const { connectMs } = target.timeouts;
      const aim = { engine: mysqlWords, place, user: config.user, database: config.database, tls, connectMs };
      const failed = { aim, during: during[stages.current], secret: password.asked };
      throw connectError(error, failed, mysqlFailures((password.asked ?? '') !== ''));
    }
  }

  async #logIn(
    wire: OpenWire,
    config: MysqlConfig,
    target: ConnectTarget,
    password: AskedPassword,
    stages: StageReporter<MysqlStage>,
    signal: AbortSignal,
  ): Promise<SqlConnection> {
    const { readOnly, timeouts } = target;
    const { product, sessionId, version } = wire.greeting;
    const build = buildOf(version);
    const request = requestFor(config, target, this.#limits.turn);
    const login = JSON.stringify(mysqlEngine.endpoint(config));
    stages.begin('auth');
    const session = await startSession(
      wire,
      {
        ...request,
        password: () => password.ask(),
        setUp: startStatements({
          ...{ product, build, readOnly },
          ...{ queryMs: timeouts.queryMs, timeZone: config.timeZone },
        }),
        // A session that must not write does not begin before the server has said so, and a time zone may be unknown. An
        // account whose password has expired is let in and refused every statement: so no log-in is proven for good.
        waitsForSetUp: !this.#proven.delete(login) || readOnly || config.timeZone !== null,
        onSetUp: () => this.#proven.add(login),
        onAdmitted: (admission) => {
          if (admission.method !== null && admission.sent !== null) target.logins?.loggedIn(admission.method);
          stages.succeed(wordsFor(admission));
          stages.begin('session');
        },
      },
      signal,
    );
    stages.succeed(config.database);
    const killing = { reopen: wire.reopen, session: request, sessionId };
    const parts = {
      session,
      sessionId,
      tls: wire.tls,
      reached: placeText(mysqlEngine.endpoint(config).place),
      server: { build: build.name, greeting: version, pooler: null, keepsTimeLimits: true },
      settings: { product, build, readOnly, ...timeouts },
      statementLimitBytes: () => statementLimit(session.values),
      firstSqlMode: () => personalSqlModeOf(session.values),
      memory: this.#limits.memory,
      killQuery: (ended: Promise<void>, aborted: AbortSignal) =>
        killQuery(killing, this.#clock, ended, aborted),
    };
    return new MysqlConnection(parts, this.#clock);
  }
}

function requestFor(
  config: MysqlConfig,
  target: ConnectTarget,
  turn: ReadingTurn,
): Omit<SessionRequest, 'setUp' | 'waitsForSetUp' | 'onSetUp' | 'onAdmitted'> {
  const strongest = target.logins?.strongest ?? null;
  return {
    login: {
      user: config.user,
      database: config.database,
      attributes: { program_name: target.applicationName },
    },
    password: () => target.secret('password'),
    strongest: strongest !== null && isMysqlLoginMethod(strongest) ? strongest : null,
    turn,
  };
}

function wordsFor({ method, sent }: Admission): string {
  if (method === null || sent === null) return 'no password required';
  switch (sent) {
    case 'password':
      return `${method}, password over a protected connection`;
    case 'encrypted-password':
      return `${method}, password encrypted for the server`;
    default:
      return method;
  }
}

/** The password of one connect, known from the moment the server asks for it so that no error text can hold it. */
class AskedPassword {
  readonly #target: ConnectTarget;
  readonly #asking: AskingServer;
  #asked: string | null = null;

  constructor(target: ConnectTarget, asking: AskingServer) {
    this.#target = target;
    this.#asking = asking;
  }

  get asked(): string | null {
    return this.#asked;
  }

  async ask(): Promise<string | null> {
    this.#asked ??= await this.#target.secret('password', this.#asking);
    return this.#asked;
  }
}
