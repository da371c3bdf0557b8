import type { CatalogueNode, NameBatch, NodeTraits, SchemaName } from '../../../shared/model/schemaTree.ts';

/** The names of a database. */
export interface Names {
  /** In the order in which they are shown. */
  readonly schemas: readonly SchemaName[];
  /** The kinds of nodes, in the order in which a schema groups them, with what can be done with each. */
  readonly kinds: readonly NodeTraits[];
  readonly nodesOf: ReadonlyMap<string, readonly CatalogueNode[]>;
  /** False while more are coming. */
  readonly isWhole: boolean;
}

/** Puts the batches of a stream of names together. */
export class NameCollector {
  #begin: Pick<Names, 'schemas' | 'kinds'> = { schemas: [], kinds: [] };
  readonly #nodesOf = new Map<string, CatalogueNode[]>();
  #count = 0;
  #shownCount = 0;

  /**
   * Answers whether there is enough that is new to be shown: the schemas, and later twice as much as was shown. So the
   * work of showing stays in proportion to what there is, however many batches come.
   */
  add({ begin, nodes }: NameBatch): boolean {
    if (begin !== null) this.#begin = begin;
    for (const node of nodes) {
      const known = this.#nodesOf.get(node.schema);
      if (known === undefined) this.#nodesOf.set(node.schema, [node]);
      else known.push(node);
    }
    this.#count += nodes.length;
    if (begin === null && this.#count < 2 * this.#shownCount) return false;
    this.#shownCount = this.#count;
    return true;
  }

  /** What has come, as it stays. */
  names(isWhole: boolean): Names {
    const nodesOf = new Map(Array.from(this.#nodesOf, ([schema, nodes]) => [schema, [...nodes]] as const));
    return { ...this.#begin, nodesOf, isWhole };
  }
}
