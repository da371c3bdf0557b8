import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock } from '../base/Clock.ts';
import {
  type EndedStatement,
  outcomeOf,
  type StatementOutcome,
  type StatementPurpose,
  type StatementRecorder,
  shownCodeOf,
} from '../base/statementKinds.ts';
import type { Statement } from '../connectors/Connection.ts';
import { type Instrumentation, noInstrumentation, type Operation } from '../observability/Instrumentation.ts';

export interface StatementMeterOptions {
  readonly sourceId: DataSourceId;
  /** Each hears of every statement that has ended. */
  readonly recorders: readonly StatementRecorder[];
  readonly instrumentation?: Instrumentation | undefined;
  readonly clock: Clock;
}

/** Measures the statements of one data source, once for all who want to know. */
export class StatementMeter {
  readonly clock: Clock;
  readonly sourceId: DataSourceId;
  readonly #recorders: readonly StatementRecorder[];
  readonly #instrumentation: Instrumentation;

  constructor({ sourceId, recorders, instrumentation = noInstrumentation, clock }: StatementMeterOptions) {
    this.sourceId = sourceId;
    this.#recorders = recorders;
    this.#instrumentation = instrumentation;
    this.clock = clock;
  }

  /** @param statement null for what takes several */
  begin(purpose: StatementPurpose, statement: Statement | null): MeasuredStatement {
    const operation = this.#instrumentation.begin({
      kind: 'statement',
      name: purpose,
      sourceId: this.sourceId,
    });
    const personal = purpose === 'user' ? statement : null;
    return new MeasuredStatement(personal, operation, (durationMs, outcome, ended) => {
      for (const recorder of this.#recorders) recorder.statement(durationMs, purpose, outcome, ended);
    });
  }
}

type Tell = (durationMs: number, outcome: StatementOutcome, ended?: EndedStatement) => void;

/** A statement that runs. It ends once. */
export class MeasuredStatement {
  /** Rows that came or, where none come, that were changed. */
  rowCount = 0;
  readonly #personal: Statement | null;
  readonly #operation: Operation;
  readonly #tell: Tell;
  #isOver = false;

  constructor(personal: Statement | null, operation: Operation, tell: Tell) {
    this.#personal = personal;
    this.#operation = operation;
    this.#tell = tell;
  }

  /** As it is sent: one of a person may tell its server of its trace. What is recorded is what the person wrote. */
  marked(statement: Statement): Statement {
    if (statement !== this.#personal || statement.own !== undefined) return statement;
    const { traceMark } = this.#operation;
    return traceMark === null ? statement : { ...statement, traceMark };
  }

  /** @param durationMs that the server took, which is not always all of the time that passed */
  succeeded(durationMs: number): void {
    if (!this.#end(durationMs, 'ok', null)) return;
    this.#operation.succeeded(this.rowCount);
  }

  failed(durationMs: number, error: unknown): void {
    if (this.#end(durationMs, outcomeOf(error), shownCodeOf(error))) this.#operation.failed(error);
  }

  #end(durationMs: number, outcome: StatementOutcome, errorCode: string | null): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    const { text, modes } = this.#personal ?? {};
    const ended = text === undefined ? undefined : { text, modes, rowCount: this.rowCount, errorCode };
    this.#tell(durationMs, outcome, ended);
    return true;
  }
}
