import type { ResultColumn } from '../../shared/model/results.ts';
import type { Clock } from '../base/Clock.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type { Statement } from '../connectors/Connection.ts';
import type { EncodedRows, Row, RowStream, StatementStream } from '../connectors/RowStream.ts';
import type { MeasuredStatement, StatementMeter } from './StatementMeter.ts';

/**
 * Rows that are recorded as one query of a person, however many statements it takes. Its duration is the time in which
 * rows were waited for, not that in which nobody asked for more.
 */
export class MeteredRowStream<Inner extends RowStream = RowStream> implements RowStream {
  protected readonly inner: Inner;
  protected readonly reading: Reading;

  constructor(inner: Inner, reading: Reading) {
    this.inner = inner;
    this.reading = reading;
  }

  /** @throws what `open` fails with */
  static async open(open: () => Promise<RowStream>, meter: StatementMeter): Promise<MeteredRowStream> {
    const reading = new Reading(meter.begin('user', null), meter.clock);
    return new MeteredRowStream(await reading.wait(open), reading);
  }

  get columns(): readonly ResultColumn[] {
    return this.inner.columns;
  }

  async next(maxRows: number): Promise<readonly Row[]> {
    const rows = await this.reading.wait(() => this.inner.next(maxRows));
    this.reading.measured.rowCount += rows.length;
    return rows;
  }

  async nextEncoded(): Promise<EncodedRows> {
    const rows = await this.reading.wait(() => this.inner.nextEncoded());
    this.reading.measured.rowCount += rows.starts.length;
    return rows;
  }

  async close(): Promise<void> {
    await this.inner.close();
    this.reading.ended();
  }
}

/** The same for a statement, which ends after its last result. */
export class MeteredStatementStream extends MeteredRowStream<StatementStream> implements StatementStream {
  /** @throws what `open` fails with */
  static async ofStatement(
    open: (sent: Statement) => Promise<StatementStream>,
    purpose: StatementPurpose,
    statement: Statement,
    meter: StatementMeter,
  ): Promise<MeteredStatementStream> {
    const reading = new Reading(meter.begin(purpose, statement), meter.clock);
    const sent = reading.measured.marked(statement);
    return new MeteredStatementStream(await reading.wait(() => open(sent)), reading);
  }

  get returnsRows(): boolean {
    return this.inner.returnsRows;
  }

  get command(): string | null {
    return this.inner.command;
  }

  get affectedCount(): number | null {
    return this.inner.affectedCount;
  }

  async nextResult(): Promise<boolean> {
    this.#countChanged();
    const isThere = await this.reading.wait(() => this.inner.nextResult());
    if (!isThere) this.reading.ended();
    return isThere;
  }

  override close(): Promise<void> {
    this.#countChanged();
    return super.close();
  }

  /** Of the result that is left now. */
  #countChanged(): void {
    const { affectedCount, returnsRows } = this.inner;
    if (!returnsRows) this.reading.measured.rowCount += affectedCount ?? 0;
  }
}

/** The time of one reading. It ends once: with its first failure, after its last result, or when it is closed. */
class Reading {
  readonly measured: MeasuredStatement;
  readonly #clock: Clock;
  #spentMs = 0;

  constructor(measured: MeasuredStatement, clock: Clock) {
    this.measured = measured;
    this.#clock = clock;
  }

  async wait<Value>(work: () => Promise<Value>): Promise<Value> {
    const startedMs = this.#clock.monotonicMs();
    const spend = () => {
      this.#spentMs += this.#clock.monotonicMs() - startedMs;
    };
    try {
      const value = await work();
      spend();
      return value;
    } catch (error) {
      spend();
      this.measured.failed(this.#spentMs, error);
      throw error;
    }
  }

  ended(): void {
    this.measured.succeeded(this.#spentMs);
  }
}
