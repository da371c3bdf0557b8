import { isAppError } from '../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../Connection.ts';
import type { Figure, FigureGap } from '../ServerActivity.ts';
import { isRefusal } from './askCatalogue.ts';

/** A part that was read, or why it was not. */
export type Part<Value> = { readonly value: Value } | { readonly gap: FigureGap };

/**
 * Parts of a sample that a server may refuse. What it refused once is not asked for again over this connection: each
 * refusal would be an error in the log of the server, every few seconds.
 */
export class OptionalParts {
  readonly #connection: SqlConnection;
  readonly #gaps = new Map<string, FigureGap>();

  constructor(connection: SqlConnection) {
    this.#connection = connection;
  }

  /**
   * @param right the right that the part needs, by the server's own name
   * @throws what ended the connection, or the abort's reason
   */
  async read<Value>(
    name: string,
    right: string | null,
    { signal }: QueryOptions,
    work: () => Promise<Value>,
  ): Promise<Part<Value>> {
    const known = this.#gaps.get(name);
    if (known !== undefined) return { gap: known };
    try {
      return { value: await work() };
    } catch (error) {
      const isLate = isAppError(error) && error.code === 'QUERY_TIMEOUT';
      if (!(isLate || isRefusal(error)) || !this.#connection.isUsable || signal.aborted) throw error;
      const isDenied = isAppError(error) && error.code === 'PERMISSION_DENIED';
      const reason = isLate ? 'too-slow' : isDenied ? 'missing-right' : 'refused';
      const gap: FigureGap = { reason, right: isDenied ? right : null };
      this.#gaps.set(name, gap);
      return { gap };
    }
  }
}

export const notOffered: FigureGap = { reason: 'not-offered', right: null };
export const refused: FigureGap = { reason: 'refused', right: null };

/** A figure, with why it is missing where the server gave none. */
export const figureOr = (value: number | null, gap: FigureGap): Figure =>
  value === null ? { gap } : { value };

/** What `read` gave of a part, with `fallback` where it gave nothing. */
export const valueOr = <Value>(part: Part<Value>, fallback: Value): Value =>
  'value' in part ? part.value : fallback;
