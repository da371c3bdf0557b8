import { z } from 'zod';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { LoginMethodRepository } from '../dataSources/connecting/LoginMethodRepository.ts';
import type { Database, Statement } from './Database.ts';

const rowSchema = z.object({ method: z.string() });

/** Login methods in SQLite, by data source and endpoint. */
export class SqliteLoginMethodRepository implements LoginMethodRepository {
  readonly #select: Statement;
  readonly #upsert: Statement;
  readonly #delete: Statement;

  constructor(database: Database) {
    this.#select = database.prepare(
      'SELECT method FROM login_methods WHERE data_source_id = ? AND endpoint = ?',
    );
    this.#upsert = database.prepare(
      `INSERT INTO login_methods (data_source_id, endpoint, method)
         SELECT id, ?, ? FROM data_sources WHERE id = ?
       ON CONFLICT (data_source_id, endpoint) DO UPDATE SET method = excluded.method`,
    );
    this.#delete = database.prepare('DELETE FROM login_methods WHERE data_source_id = ? AND endpoint = ?');
  }

  find(id: DataSourceId, endpoint: Buffer): string | null {
    const row = this.#select.get(id, endpoint);
    return row === undefined ? null : rowSchema.parse(row).method;
  }

  put(id: DataSourceId, endpoint: Buffer, method: string): void {
    this.#upsert.run(endpoint, method, id);
  }

  forget(id: DataSourceId, endpoint: Buffer): void {
    this.#delete.run(id, endpoint);
  }
}
