import type { NameBatch, RelationName, SchemaName } from '../../../shared/model/schemaTree.ts';

/** The names of a database. */
export interface Names {
  /** In the order in which they are shown. */
  readonly schemas: readonly SchemaName[];
  readonly relationsOf: ReadonlyMap<string, readonly RelationName[]>;
  /** False while more are coming. */
  readonly isWhole: boolean;
}

/** Puts the batches of a stream of names together. */
export class NameCollector {
  #schemas: readonly SchemaName[] = [];
  readonly #relationsOf = new Map<string, RelationName[]>();
  #count = 0;
  #shownCount = 0;

  /**
   * Answers whether there is enough that is new to be shown: the schemas, and later twice as much as was shown. So the
   * work of showing stays in proportion to what there is, however many batches come.
   */
  add({ schemas, relations }: NameBatch): boolean {
    if (schemas !== null) this.#schemas = schemas;
    for (const relation of relations) {
      const known = this.#relationsOf.get(relation.schema);
      if (known === undefined) this.#relationsOf.set(relation.schema, [relation]);
      else known.push(relation);
    }
    this.#count += relations.length;
    if (schemas === null && this.#count < 2 * this.#shownCount) return false;
    this.#shownCount = this.#count;
    return true;
  }

  /** What has come, as it stays. */
  names(isWhole: boolean): Names {
    const relationsOf = new Map(
      Array.from(this.#relationsOf, ([schema, relations]) => [schema, [...relations]] as const),
    );
    return { schemas: this.#schemas, relationsOf, isWhole };
  }
}
