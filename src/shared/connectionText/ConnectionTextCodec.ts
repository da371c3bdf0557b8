import type { TimeoutSettings } from '../model/poolSettings.ts';
import type { ConnectionContents } from './reading.ts';
import type { Gathered, WrittenSetting } from './vocabulary.ts';

/**
 * How surely a text is of a spelling of one engine, from the least to the most.
 * - `no`: it is none.
 * - `possible`: the text has this shape, and nothing in it belongs to this engine alone.
 * - `likely`: the text is written as this engine's own tools write it; those of others understand it too.
 * - `certain`: a scheme, a program, a variable, a usual port or a setting of this engine.
 */
const fits = ['no', 'possible', 'likely', 'certain'] as const;
export type Fit = (typeof fits)[number];

export const isSurer = (one: Fit, other: Fit): boolean => fits.indexOf(one) > fits.indexOf(other);

/** One way in which people write connections down. */
export interface Spelling<Result> {
  /** With its article, such as `a JDBC URL`. */
  readonly label: string;
  /** Whether the text is meant to be of this spelling; it may still have faults. */
  fit(text: string): Fit;
  /** @throws ConnectionTextRefused */
  read(text: string): Result;
}

/** A spelling of an engine, as the settings of a text become a data source. */
export interface ContentsSpelling extends Spelling<ConnectionContents> {
  /**
   * @param profile settings that the text refers to by a name: they count where the text says nothing itself
   * @throws ConnectionTextRefused
   */
  read(text: string, profile?: readonly WrittenSetting[]): ConnectionContents;
  /**
   * The name under which a file of the engine's own tools keeps settings that the text asks for; null for none. Absent:
   * the engine has no such file.
   * @throws ConnectionTextRefused
   */
  profileIn?(text: string): string | null;
}

/** A spelling as far as it knows what the settings of a text are, but not what they make of a data source. */
export type SettingsSpelling<Parameter extends string> = Spelling<Gathered<Parameter>>;

/** The first spelling that takes a text for one of its own. */
export const spellingFor = <Result>(
  spellings: readonly Spelling<Result>[],
  text: string,
): Spelling<Result> | undefined => spellings.find((spelling) => spelling.fit(text) !== 'no');

/** The connection text of one engine: how to read every spelling of it, and how to write one. */
export interface ConnectionTextCodec<Config> {
  /** A URL without a password, to show what can be pasted. */
  readonly example: string;
  /** In the order in which a text is compared with them. */
  readonly spellings: readonly ContentsSpelling[];
  /**
   * The URL that the engine's own tools take, and that a shell leaves as it is between quotes. Read again, it gives the
   * same address, never less TLS, and the password, which is nowhere else in it.
   * @param password in the URL when it is not null
   */
  urlOf(config: Config, timeouts: TimeoutSettings, password: string | null): string;
}
