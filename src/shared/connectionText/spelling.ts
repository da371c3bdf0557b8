import type { Gathered } from './vocabulary.ts';

/** One way in which people write connections down. */
export interface Spelling<Parameter extends string> {
  /** With its article, such as `a JDBC URL`. */
  readonly label: string;
  /** Whether the text is meant to be of this spelling; it may still have faults. */
  recognises(text: string): boolean;
  /** @throws ConnectionTextRefused */
  read(text: string): Gathered<Parameter>;
}
