import type { Clock } from '../../base/Clock.ts';
import type { Connection, ConnectOptions, Connector, ConnectTarget, Describer } from '../Connector.ts';
import { AnswerMemory } from '../network/AnswerMemory.ts';
import { ReadingTurn } from '../network/ReadingTurn.ts';
import { type Lookup, systemLookup } from '../network/resolveHost.ts';
import { StageReporter } from '../network/StageReporter.ts';
import { connectError } from './connectErrors.ts';
import { couldEncrypt } from './couldEncrypt.ts';
import { openWire, reopenWire, type Wire } from './openWire.ts';
import { PostgresConnection } from './PostgresConnection.ts';
import { PostgresDescriber } from './PostgresDescriber.ts';
import { refusesSettings, startSession } from './startSession.ts';
import { WireFailure } from './WireFailure.ts';

/** PostgreSQL 12 and later, and what speaks its protocol. */
export class PostgresConnector implements Connector {
  readonly kind = 'postgres';
  readonly describer: Describer = new PostgresDescriber();
  readonly #clock: Clock;
  readonly #lookup: Lookup;
  /** For all connections together. */
  readonly #memory = new AnswerMemory();
  readonly #turn = new ReadingTurn();

  constructor(clock: Clock, lookup: Lookup = systemLookup) {
    this.#clock = clock;
    this.#lookup = lookup;
  }

  async connect(target: ConnectTarget, options: ConnectOptions): Promise<Connection> {
    const { fields } = target;
    const { signal } = options;
    const stages = new StageReporter(this.#clock, options.onStage ?? (() => undefined));
    const password = new AskedPassword(target.password);
    let wire: Wire | null = null;
    try {
      wire = await openWire(fields, this.#lookup, this.#clock, stages, signal);
      return await this.#logIn(wire, target, password, stages, signal);
    } catch (error) {
      stages.fail();
      throw connectError(error, {
        fields,
        stage: stages.current,
        couldEncrypt: await couldEncrypt(error, wire, fields.port, this.#clock, signal),
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
    target: ConnectTarget,
    asked: AskedPassword,
    stages: StageReporter,
    signal: AbortSignal,
  ): Promise<Connection> {
    const { fields } = target;
    const settings = {
      target: fields,
      memory: this.#memory,
      readOnly: fields.readOnly,
      ...fields.timeouts,
    };
    const request = { password: () => asked.ask(), clock: this.#clock, turn: this.#turn };
    try {
      const session = await startSession(wire, target, { ...request, accepts: 'all' }, stages, signal);
      return new PostgresConnection(session, wire, { ...settings, serverKeepsLimits: true }, this.#clock);
    } catch (error) {
      if (!refusesSettings(error)) throw error;
    }
    const stream = await reopenWire(fields, wire.address, this.#clock, signal);
    const again = { ...wire, stream };
    const session = await startSession(again, target, { ...request, accepts: 'pooler' }, stages, signal);
    return new PostgresConnection(session, again, { ...settings, serverKeepsLimits: false }, this.#clock);
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
    throw new WireFailure('password-missing', 'The server asked for a password, but none was given.');
  }
}
