import { AppError } from '../../base/AppError.ts';
import type { QueryResult, Statement } from '../Connector.ts';
import type { PgConnection, PgField, PgStatement } from './pgInternals.ts';
import { WireFailure } from './WireFailure.ts';

/** All rows of one answer; larger ones are read through a cursor. */
const maxAnswerBytes = 256 * 1024 * 1024;

/**
 * One statement on its way: sends itself in the extended protocol, so that it is one statement and its values are never
 * part of the SQL, and gathers the answer as the server's own text.
 */
export class PostgresStatement implements PgStatement {
  readonly #text: string;
  readonly #values: readonly (string | null)[];
  readonly #onTooLarge: () => void;
  #fields: readonly PgField[] = [];
  #rows: (readonly (string | null)[])[] = [];
  #answerBytes = 0;
  #rowCount: number | null = null;
  #error: Error | null = null;

  /** @param onTooLarge called once when the answer passes the limit; rows are dropped from then on */
  constructor(statement: Statement, onTooLarge: () => void) {
    this.#text = statement.text;
    this.#values = (statement.values ?? []).map((value) => (value === null ? null : String(value)));
    this.#onTooLarge = onTooLarge;
  }

  /** What the server refused it with, or why it could not be sent. */
  get error(): Error | null {
    return this.#error;
  }

  get result(): QueryResult {
    return {
      fields: this.#fields.map((field) => ({ name: field.name, typeId: field.dataTypeID })),
      rows: this.#rows,
      rowCount: this.#rowCount,
    };
  }

  submit(connection: PgConnection): Error | null {
    connection.stream.cork();
    try {
      if (this.#text === '') {
        connection.query('');
        return null;
      }
      connection.parse({ text: this.#text });
      connection.bind({ values: this.#values });
      connection.describe({ type: 'P', name: '' });
      connection.execute();
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    return null;
  }

  handleRowDescription(message: { fields: readonly PgField[] }): void {
    this.#fields = message.fields;
  }

  handleDataRow(message: { fields: readonly (string | null)[]; length: number }): void {
    if (this.#error !== null) return;
    this.#rows.push(message.fields);
    this.#answerBytes += message.length;
    if (this.#answerBytes <= maxAnswerBytes) return;
    this.#rows = [];
    this.#error = new WireFailure('too-large', `The answer is larger than ${maxAnswerBytes} bytes`);
    this.#onTooLarge();
  }

  handleCommandComplete(message: { text: string }): void {
    const count = / (\d+)$/.exec(message.text)?.[1];
    this.#rowCount = count === undefined ? null : Number(count);
  }

  /** COPY FROM STDIN: there is nothing to send. The server has skipped our Sync while it waited for data. */
  handleCopyInResponse(connection: PgConnection): void {
    this.#error ??= new AppError('QUERY_FAILED', {
      title: 'COPY from this computer is not supported',
      fixes: ['Load the file with psql or another tool.'],
    });
    connection.sendCopyFail('Mooring does not send files');
    connection.sync();
  }

  handleError(error: Error): void {
    this.#error ??= error;
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}
  handleReadyForQuery(): void {}
}
