import type { Notice } from '../../../../shared/model/query.ts';
import { serverNotice } from '../../sql/serverNotice.ts';
import { malformed } from '../protocol/PacketCursor.ts';
import type { ServerError } from '../protocol/ServerError.ts';
import type { ColumnDefinition } from '../protocol/serverPackets.ts';
import { RowDecoder } from '../values/RowDecoder.ts';
import type { AnswerSink } from './AnswerReader.ts';

/** Most warnings that are told of one statement. */
const maxWarnings = 1_000;

/** Asks for what the last statement warned of. It leaves the list as it is, so that a person can ask too. */
export const showWarnings = `SHOW WARNINGS LIMIT ${maxWarnings}`;

/** Takes the answer to `showWarnings`. A failure of it, such as a late cancel of the statement, says nothing. */
export class WarningReader implements AnswerSink {
  readonly #tell: (notice: Notice) => void;
  readonly #failure: () => Error | null;
  #decoder = new RowDecoder([]);
  #rowCount = 0;

  /** @param failure what the statement failed with: it is in the list too */
  constructor(tell: (notice: Notice) => void, failure: () => Error | null) {
    this.#tell = tell;
    this.#failure = failure;
  }

  describe(columns: readonly ColumnDefinition[]): void {
    this.#decoder = new RowDecoder(columns);
  }

  row(bytes: Buffer, start: number, end: number): void {
    this.#rowCount += 1;
    if (this.#rowCount > maxWarnings) throw malformed();
    const [level, code, message] = this.#decoder.read(bytes, start, end);
    const failure = this.#failure() as Partial<ServerError> | null;
    if (failure !== null && String(failure.errno) === code) return;
    const words = { severity: level ?? '', message: message ?? '', detail: null, hint: null };
    this.#tell(serverNotice({ ...words, code: code ?? null }));
  }

  complete(): void {}

  fail(): void {}
}
