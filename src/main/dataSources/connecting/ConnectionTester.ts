import type { Draft } from '../../../shared/model/dataSource.ts';
import { type Stage, stageNames, type TestReport } from '../../../shared/model/testReport.ts';
import { isAppError, toErrorDto } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import type { Connection, Connector } from '../../connectors/Connector.ts';
import { currentCorrelationId } from '../../observability/correlation.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';
import type { LoginHistory } from './LoginHistory.ts';

type StageListener = (stage: Stage) => void;
type PassedParts = Pick<Extract<TestReport, { outcome: 'passed' }>, 'server' | 'preview'>;

export interface ConnectionTesterOptions {
  readonly factory: ConnectionFactory;
  readonly targets: ConnectTargets;
  readonly logins: Pick<LoginHistory, 'withConsent'>;
  readonly clock: Clock;
}

/** Tests a draft for real: one connection, no pool, no retry, because the person wants the first truth. */
export class ConnectionTester {
  readonly #factory: ConnectionFactory;
  readonly #targets: ConnectTargets;
  readonly #logins: Pick<LoginHistory, 'withConsent'>;
  readonly #clock: Clock;

  constructor(options: ConnectionTesterOptions) {
    this.#factory = options.factory;
    this.#targets = options.targets;
    this.#logins = options.logins;
    this.#clock = options.clock;
  }

  /**
   * Connects, asks the server about itself and its schema, and closes again whatever happens; the goodbye to a server that
   * passed may outlast the report by a second.
   * @param onStage told as each stage begins and ends
   * @returns a report also for a connection that failed
   * @throws CANCELLED when the signal aborts; the socket is closed by then
   */
  async test(draft: Draft, signal: AbortSignal, onStage: StageListener): Promise<TestReport> {
    const startedMs = this.#clock.monotonicMs();
    const stages = new Map<Stage['name'], Stage>();
    const note: StageListener = (stage) => {
      stages.set(stage.name, stage);
      onStage(stage);
    };
    const common = () => ({
      stages: stageNames.flatMap((name) => stages.get(name) ?? []),
      totalMs: this.#clock.monotonicMs() - startedMs,
    });
    try {
      const parts = await this.#runAsked(draft, signal, note);
      return { outcome: 'passed', ...common(), ...parts };
    } catch (error) {
      throwIfAborted(signal);
      if (!isAppError(error)) throw error;
      return { outcome: 'failed', ...common(), error: toErrorDto(error, currentCorrelationId()) };
    }
  }

  /** The person is there: a log-in that is weaker than before can be confirmed. */
  #runAsked(draft: Draft, signal: AbortSignal, onStage: StageListener): Promise<PassedParts> {
    const run = () => this.#run(draft, signal, onStage);
    return draft.id === null ? run() : this.#logins.withConsent(draft.id, draft.fields, signal, run);
  }

  async #run(draft: Draft, signal: AbortSignal, onStage: StageListener): Promise<PassedParts> {
    const connector = this.#factory.forKind(draft.fields.kind);
    const target = await this.#targets.forDraft(draft, signal);
    const connection = await connectWithDeadline(connector, target, this.#clock, { signal, onStage });
    try {
      const parts = await this.#readSchema(connector, connection, signal, onStage);
      // The report does not wait for the server's side of the goodbye.
      void connection.close();
      return parts;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async #readSchema(
    connector: Connector,
    connection: Connection,
    signal: AbortSignal,
    onStage: StageListener,
  ): Promise<PassedParts> {
    const startedMs = this.#clock.monotonicMs();
    const ended = (outcome: 'ok' | 'failed', note: string | null): Stage => ({
      name: 'schema',
      outcome,
      durationMs: this.#clock.monotonicMs() - startedMs,
      note,
    });
    onStage({ name: 'schema', outcome: 'running', durationMs: null, note: null });
    try {
      const parts = await connector.describer.overview(connection, { signal });
      onStage(ended('ok', null));
      return parts;
    } catch (error) {
      onStage(ended('failed', null));
      throw error;
    }
  }
}
