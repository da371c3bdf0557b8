import { randomUUID } from 'node:crypto';
import { freeName } from '../../src/main/dataSources/freeName.ts';
import type { ExportSource, StoredSecrets } from '../../src/main/transfer/ExportSource.ts';
import type { ImportTarget } from '../../src/main/transfer/ImportTarget.ts';
import type { DataSource, DataSourceSummary, Draft } from '../../src/shared/model/dataSource.ts';

/** Saved data sources with their passwords, in memory, as the ports of transfer describe them. */
export class MemoryDataSources implements ExportSource, StoredSecrets, ImportTarget {
  readonly dataSources = new Map<string, DataSource>();
  readonly passwords = new Map<string, string>();
  /** What opening the password of a data source throws, by its id. */
  readonly passwordErrors = new Map<string, Error>();
  /** What the next saving throws, after nothing was saved. */
  saveError: Error | null = null;

  add(dataSource: DataSource, password: string | null = null): DataSource {
    this.dataSources.set(dataSource.id, dataSource);
    if (password !== null) this.passwords.set(dataSource.id, password);
    return dataSource;
  }

  list(): { dataSources: DataSourceSummary[] } {
    return { dataSources: [...this.dataSources.values()].map((dataSource) => this.#summary(dataSource)) };
  }

  async stored({ id }: DataSource, field: string): Promise<string | null> {
    const error = this.passwordErrors.get(id);
    if (error !== undefined) throw error;
    return field === 'password' ? (this.passwords.get(id) ?? null) : null;
  }

  async saveAll(drafts: readonly Draft[], record: () => void): Promise<DataSourceSummary[]> {
    const error = this.saveError;
    this.saveError = null;
    if (error !== null) throw error;
    record();
    return drafts.map((draft) => this.#save(draft));
  }

  #save({ id, fields, secrets: { password } }: Draft): DataSourceSummary {
    const existing = id === null ? undefined : this.dataSources.get(id);
    const savedId = id ?? randomUUID();
    const others = [...this.dataSources.values()].filter((other) => other.id !== savedId);
    const taken = new Set(others.map((other) => other.name));
    const name = freeName(fields.name.trim(), taken);
    const dataSource = { ...fields, name, id: savedId, createdAt: existing?.createdAt ?? 1, updatedAt: 2 };
    this.dataSources.set(savedId, dataSource);
    if (password === undefined) this.passwords.delete(savedId);
    else if (password.type === 'typed') this.passwords.set(savedId, password.value);
    return this.#summary(dataSource);
  }

  #summary(dataSource: DataSource): DataSourceSummary {
    const isStored = this.passwords.has(dataSource.id);
    return {
      dataSource,
      secrets: isStored ? { password: { stored: true } } : {},
      integrity: 'intact',
    };
  }
}
