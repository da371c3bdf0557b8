import type { DataSourceFields } from '../model/dataSource.ts';
import type { PoolSettings, TimeoutSettings } from '../model/poolSettings.ts';
import type { LeftOut } from './vocabulary.ts';

/**
 * What a text says about a connection. It stands for the whole address: what it does not name has the default for that
 * host here. Time-outs, pool and read-only are no part of the address: only what the text names is in here.
 */
export interface ReadFields extends Pick<DataSourceFields, 'host' | 'port' | 'database' | 'user' | 'tls'> {
  readonly timeouts: Partial<TimeoutSettings>;
  readonly pool: Partial<PoolSettings>;
  /** True when the text asks for a read-only connection. */
  readonly readOnly: boolean;
}

/** Parts of a connection that a text can name. */
export const textParts = [
  ...(['host', 'port', 'database', 'user', 'password'] as const),
  ...(['tls', 'timeouts', 'pool', 'readOnly'] as const),
] as const;
export type TextPart = (typeof textParts)[number];

export interface ConnectionReading {
  readonly ok: true;
  /** The spelling it was read as, with its article, such as `a JDBC URL`. */
  readonly form: string;
  /** What the text named itself; everything else in `fields` is a default. */
  readonly taken: ReadonlySet<TextPart>;
  /** Database and user are empty when nothing says what they are. */
  readonly fields: ReadFields;
  /** Null when the text holds none. */
  readonly password: string | null;
  /** What was not taken, and why. */
  readonly leftOut: readonly LeftOut[];
  /** What a person should know about what was taken, as sentences. */
  readonly notes: readonly string[];
}

export interface RefusedText {
  readonly ok: false;
  /** The spelling it was taken for; null when it is none. */
  readonly form: string | null;
  /** Neither message nor hint repeats any of the text: it may hold a password. */
  readonly message: string;
  readonly hint: string;
}
