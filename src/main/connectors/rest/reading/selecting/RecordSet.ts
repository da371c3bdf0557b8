import type { JsonTape } from '../../json/JsonTape.ts';

/** Records of an answer, where they lie. Good until the tape is used for the next one. */
export interface RecordSet {
  readonly tape: JsonTape;
  /** The value of each record. */
  readonly tokens: readonly number[];
  /** Of each record, the key that it stood under; null where they stood in a list. */
  readonly keys: readonly number[] | null;
}
