import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';

/** Tells whether a name is taken; a set fits. */
export interface Names {
  has(name: string): boolean;
}

/** The names of the listed data sources, held in memory so that a save does not read a thousand rows to find a free one. */
export class TakenNames implements Names {
  readonly #nameById = new Map<DataSourceId, string>();
  /** Several may have the same name: one that was restored, or changed outside. */
  readonly #countByName = new Map<string, number>();

  constructor(listed: readonly DataSource[]) {
    for (const dataSource of listed) this.put(dataSource);
  }

  has(name: string): boolean {
    return this.#countByName.has(name);
  }

  /** The names that are taken for this data source: its own is free. */
  except(id: DataSourceId): Names {
    const own = this.#nameById.get(id);
    return { has: (name) => (this.#countByName.get(name) ?? 0) > (name === own ? 1 : 0) };
  }

  /** All of them, as a set of the caller's own. */
  toSet(): Set<string> {
    return new Set(this.#countByName.keys());
  }

  put({ id, name }: Pick<DataSource, 'id' | 'name'>): void {
    this.delete(id);
    this.#nameById.set(id, name);
    this.#countByName.set(name, (this.#countByName.get(name) ?? 0) + 1);
  }

  delete(id: DataSourceId): void {
    const name = this.#nameById.get(id);
    if (name === undefined) return;
    this.#nameById.delete(id);
    const count = this.#countByName.get(name) ?? 0;
    if (count > 1) this.#countByName.set(name, count - 1);
    else this.#countByName.delete(name);
  }
}
