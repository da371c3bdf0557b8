import type { PoolSettings, TimeoutSettings } from '../model/poolSettings.ts';
import type { LeftOut } from './vocabulary.ts';

/** Parts of a connection that a text can name besides the fields of the engine's form. */
export type TextPart = 'timeouts' | 'pool' | 'readOnly' | 'secrets';

/**
 * What a text says about a connection. It stands for the whole address: what it does not name has the default for that
 * host here. Time-outs, pool and read-only are no part of the address: only what the text names is in here.
 */
export interface ConnectionContents {
  /**
   * What the fields of the engine's form hold, by key: every field of the address, and what else the text names. A field
   * is empty when nothing says what it holds. No secret is among them.
   */
  readonly values: Readonly<Record<string, string>>;
  /** What the text named itself: keys of fields, and parts. Everything else in `values` is a default. */
  readonly taken: ReadonlySet<string>;
  readonly timeouts: Partial<TimeoutSettings>;
  readonly pool: Partial<PoolSettings>;
  /** True when the text asks for a read-only connection. */
  readonly readOnly: boolean;
  /** By secret field of the engine; only those that the text holds. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What was not taken, and why. */
  readonly leftOut: readonly LeftOut[];
  /** What a person should know about what was taken, as sentences. */
  readonly notes: readonly string[];
}

/** @typeParam Kind the kinds of the engines that were asked */
export interface ConnectionReading<Kind extends string> extends ConnectionContents {
  readonly ok: true;
  readonly kind: Kind;
  /** The spelling it was read as, with its article, such as `a JDBC URL`. */
  readonly form: string;
}

export interface RefusedText {
  readonly ok: false;
  /** The spelling it was taken for; null when it is none. */
  readonly form: string | null;
  /** Neither message nor hint repeats any of the text: it may hold a password. */
  readonly message: string;
  readonly hint: string;
}
