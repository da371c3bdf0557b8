import { z } from 'zod';
import type { Logger } from '../observability/Logger.ts';
import type { Database, Statement } from './Database.ts';
import { parseJson } from './parseJson.ts';

const rowSchema = z.object({ value: z.string() });

/** Small settings by key, each a JSON value whose shape its reader knows. */
export class SqlitePreferencesRepository {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #select: Statement;
  readonly #upsert: Statement;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
    this.#select = database.prepare('SELECT value FROM preferences WHERE key = ?');
    this.#upsert = database.prepare(
      `INSERT INTO preferences (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
  }

  /** What is kept under the key, or the fallback when there is nothing or it does not fit the schema. */
  read<Schema extends z.ZodType>(key: string, schema: Schema, fallback: z.output<Schema>): z.output<Schema> {
    const row = this.#select.get(key);
    if (row === undefined) return fallback;
    const parsed = schema.safeParse(parseJson(rowSchema.parse(row).value));
    if (parsed.success) return parsed.data;
    this.#logger.warn('A saved preference cannot be read; its default is used', { field: key });
    return fallback;
  }

  /** @param value anything that JSON can hold */
  write(key: string, value: unknown): void {
    this.#upsert.run(key, JSON.stringify(value));
  }

  transaction<Value>(work: () => Value): Value {
    return this.#database.transaction(work);
  }
}
