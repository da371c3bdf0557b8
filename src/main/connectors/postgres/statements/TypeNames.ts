import type { ResultColumn } from '../../../../shared/model/results.ts';
import type { QueryOptions, QueryResult, Statement } from '../../Connection.ts';
import { kindOfCategory, kindOfType } from './typeKinds.ts';

/** What a column shows of its type. */
export type ColumnType = Omit<ResultColumn, 'name'>;

/** Types that a result may have: no row types of tables, of which there are as many as tables. */
const ordinaryTypes = `
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
  LEFT JOIN pg_catalog.pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
 WHERE c.oid IS NULL OR c.relkind IN ('c')`;

const typesQuery = (which: string): string =>
  `SELECT t.oid, pg_catalog.format_type(t.oid, NULL), t.typcategory, t.typname FROM pg_catalog.pg_type t ${which}`;

/**
 * The types of a database, for one session: the server announces the columns of a statement by the numbers of their
 * types only, and nothing else can be asked while it runs. So they are read before the first statement. A type that was
 * created later, or is the row type of a table, is shown by its number once, and known from then on.
 */
export class TypeNames {
  readonly #types = new Map<number, ColumnType>();
  readonly #unknown = new Set<number>();
  #isLoaded = false;

  /** Reads the types that are missing, if any are. Where the server refuses, numbers are shown. */
  async load(
    ask: (statement: Statement, options: QueryOptions) => Promise<QueryResult | null>,
    options: QueryOptions,
  ): Promise<void> {
    const missing = [...this.#unknown];
    if (this.#isLoaded && missing.length === 0) return;
    const which = this.#isLoaded ? `WHERE t.oid IN (${missing.join(', ')})` : ordinaryTypes;
    const result = await ask({ text: typesQuery(which) }, options);
    if (result === null) return;
    this.#isLoaded = true;
    this.#unknown.clear();
    for (const id of missing) this.#types.set(id, numbered(id));
    for (const [text, type, category, name] of result.rows) {
      const id = Number(text);
      const kind = kindOfType(id) ?? kindOfCategory(category ?? '', name ?? '');
      this.#types.set(id, { type: type ?? `type ${id}`, kind });
    }
  }

  /** Its name is as the server spells it, such as `numeric` or `sales.order_status`. */
  typeOf(id: number): ColumnType {
    const type = this.#types.get(id);
    if (type === undefined) this.#unknown.add(id);
    return type ?? numbered(id);
  }
}

const numbered = (id: number): ColumnType => ({ type: `type ${id}`, kind: kindOfType(id) ?? 'other' });
