import type { Resource } from '../../../../../shared/model/resources.ts';
import type { RecordSet } from '../selecting/RecordSet.ts';
import { repeatedPage } from './pagingErrors.ts';

/** Pages that lead on by themselves may have equal records when those are short. */
const tellingBytes = 200;

/** Notices that a page is one that came before: the first, which APIs give for what they do not know, or the last. */
export class RepeatWatch {
  readonly #leastBytes: number;
  #first: Buffer | null = null;
  #last: Buffer | null = null;

  constructor({ pagination }: Pick<Resource, 'pagination'>) {
    this.#leastBytes = pagination.type === 'page' || pagination.type === 'offset' ? 0 : tellingBytes;
  }

  /** @throws QUERY_FAILED */
  check(records: RecordSet, pageNumber: number): void {
    const bytes = recordBytes(records);
    if (bytes === null) return;
    if (bytes.length >= this.#leastBytes) {
      if (this.#last?.equals(bytes) === true) throw repeatedPage(pageNumber, pageNumber - 1);
      if (this.#first?.equals(bytes) === true) throw repeatedPage(pageNumber, 1);
    }
    this.#first ??= bytes;
    this.#last = bytes;
  }
}

/** From the first record to the last; null when there is none. */
function recordBytes({ tape, tokens }: RecordSet): Buffer | null {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return null;
  return tape.bytes.subarray(tape.rawStart(first), tape.rawEnd(last));
}
