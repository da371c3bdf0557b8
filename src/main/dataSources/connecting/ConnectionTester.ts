import type { Draft } from '../../../shared/model/dataSource.ts';
import type { Stage, TestReport } from '../../../shared/model/testReport.ts';
import { isAppError, toErrorDto } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Catalogue } from '../../connectors/Catalogue.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import { currentCorrelationId } from '../../observability/correlation.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';
import type { AllowedCommands } from '../passwords/AllowedCommands.ts';
import type { PasswordSources } from '../passwords/PasswordSources.ts';
import type { AcceptedHostKeys } from './AcceptedHostKeys.ts';
import type { LoginHistory } from './LoginHistory.ts';

type StageListener = (stage: Stage) => void;
type PassedParts = Pick<Extract<TestReport, { outcome: 'passed' }>, 'server' | 'preview'>;

export interface ConnectionTesterOptions {
  readonly factory: Pick<ConnectionFactory, 'connect' | 'connectorFor'>;
  readonly targets: ConnectTargets;
  readonly logins: Pick<LoginHistory, 'withConsent'>;
  readonly hostKeys: Pick<AcceptedHostKeys, 'withConsent'>;
  readonly allowedCommands: Pick<AllowedCommands, 'withConsent'>;
  readonly passwords: Pick<PasswordSources, 'forget'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The stage after a connect: asks the server about itself and what is in it. */
const schemaStage = 'schema';

/** Tests a draft for real: one connection, no pool, no retry, because the person wants the first truth. */
export class ConnectionTester {
  readonly #options: ConnectionTesterOptions;

  constructor(options: ConnectionTesterOptions) {
    this.#options = options;
  }

  /**
   * Connects, asks the server about itself and its schema, and closes again whatever happens; the goodbye to a server that
   * passed may outlast the report by a second.
   * @param onStage told as each stage begins and ends
   * @returns a report also for a connection that failed
   * @throws CANCELLED when the signal aborts; the socket is closed by then
   */
  async test(draft: Draft, signal: AbortSignal, onStage: StageListener): Promise<TestReport> {
    const { clock, factory, logger } = this.#options;
    const connector = factory.connectorFor(draft.fields.engine.kind);
    const startedMs = clock.monotonicMs();
    const stages = new Map<Stage['name'], Stage>();
    const note: StageListener = (stage) => {
      stages.set(stage.name, stage);
      onStage(stage);
    };
    const common = () => ({
      stages: [...connector.stages, schemaStage].flatMap((name) => stages.get(name) ?? []),
      totalMs: clock.monotonicMs() - startedMs,
    });
    try {
      const parts = await this.#runAsked(draft, connector.catalogue, signal, note);
      return { outcome: 'passed', ...common(), ...parts };
    } catch (error) {
      throwIfAborted(signal);
      if (!isAppError(error)) throw error;
      const stage = [...stages.values()].find(({ outcome }) => outcome === 'failed')?.name;
      logger.warn('Connection test failed', { dataSourceId: draft.id ?? undefined, stage }, error);
      return { outcome: 'failed', ...common(), error: toErrorDto(error, currentCorrelationId()) };
    }
  }

  /** The person is there: a password command can be allowed, a new SSH server accepted, and a log-in that is weaker than before confirmed. */
  #runAsked(
    draft: Draft,
    catalogue: Catalogue,
    signal: AbortSignal,
    onStage: StageListener,
  ): Promise<PassedParts> {
    const { logins, hostKeys, allowedCommands, passwords } = this.#options;
    passwords.forget(draft.fields);
    const run = () =>
      allowedCommands.withConsent(signal, () =>
        hostKeys.withConsent(signal, () => this.#run(draft, catalogue, signal, onStage)),
      );
    return draft.id === null ? run() : logins.withConsent(draft.id, draft.fields, signal, run);
  }

  async #run(
    draft: Draft,
    catalogue: Catalogue,
    signal: AbortSignal,
    onStage: StageListener,
  ): Promise<PassedParts> {
    const { clock, factory, targets } = this.#options;
    const target = await targets.forDraft(draft, signal);
    const connection = await connectWithDeadline(factory, target, clock, { signal, onStage });
    try {
      const parts = await this.#readSchema(catalogue, connection, signal, onStage);
      // The report does not wait for the server's side of the goodbye.
      void connection.close();
      return parts;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async #readSchema(
    catalogue: Catalogue,
    connection: Connection,
    signal: AbortSignal,
    onStage: StageListener,
  ): Promise<PassedParts> {
    const { clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const ended = (outcome: 'ok' | 'failed', note: string | null): Stage => ({
      name: schemaStage,
      outcome,
      durationMs: clock.monotonicMs() - startedMs,
      note,
    });
    onStage({ name: schemaStage, outcome: 'running', durationMs: null, note: null });
    try {
      const parts = await catalogue.overview(connection, { signal });
      onStage(ended('ok', null));
      return parts;
    } catch (error) {
      onStage(ended('failed', null));
      throw error;
    }
  }
}
