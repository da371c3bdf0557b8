import type { RelationSummary, SchemaSummary } from '../../../shared/model/schemaTree.ts';
import { afterFailure, type Loadable, latestValue } from '../../lib/loadable.ts';
import {
  openSchemas,
  relationsIn,
  type SourceTree,
  searchProgress,
  withRelations,
  withSchemas,
} from './sourceTree.ts';

/** The two calls that fill a tree. Both reject with ApiError. */
export interface SchemaApi {
  listSchemas(sourceId: string, signal: AbortSignal): Promise<readonly SchemaSummary[]>;
  listRelations(sourceId: string, schema: string, signal: AbortSignal): Promise<readonly RelationSummary[]>;
}

/** Where the trees are kept. */
interface TreeHolder {
  read(): SourceTree;
  update(change: (tree: SourceTree) => SourceTree): void;
}

/** Loads of one search at the same time: it must not take the whole pool from the person's own queries. */
const searchConcurrency = 2;

/** No schema is called this: names are never empty. */
const schemasKey = '';

/** Fills the tree of one data source. Of several loads of the same thing only the last one counts. */
export class SchemaLoader {
  readonly #sourceId: string;
  readonly #api: SchemaApi;
  readonly #tree: TreeHolder;
  readonly #running = new Map<string, AbortController>();

  constructor(sourceId: string, api: SchemaApi, tree: TreeHolder) {
    this.#sourceId = sourceId;
    this.#api = api;
    this.#tree = tree;
  }

  /** Loads the schemas unless they are there, then the relations that open schemas need. */
  async open(): Promise<void> {
    const { status } = this.#tree.read().schemas;
    if (status === 'loading') return;
    if (status !== 'loaded') await this.#loadSchemas();
    await this.#loadAbsent(openSchemas(this.#tree.read()));
  }

  /** Loads again all that has been loaded. */
  async refresh(): Promise<void> {
    await this.#loadSchemas();
    const { relationsOf } = this.#tree.read();
    await this.#loadEach([...relationsOf.keys()]);
    await this.#loadAbsent(openSchemas(this.#tree.read()));
  }

  /** Loads the relations of one schema, also when they are there. */
  async loadRelations(schema: string): Promise<void> {
    await this.#follow(
      schema,
      (signal) => this.#api.listRelations(this.#sourceId, schema, signal),
      (change) =>
        this.#tree.update((tree) =>
          withRelations(tree, schema, change(latestValue(relationsIn(tree, schema)))),
        ),
    );
  }

  /** Loads the schemas that a search has not seen, for as long as the filter stands and nobody stops it. */
  async search(): Promise<void> {
    await this.#loadEach(searchProgress(this.#tree.read()).missing, () => {
      const { filter, isSearchStopped } = this.#tree.read();
      return filter.trim() !== '' && !isSearchStopped;
    });
  }

  /** Gives up every load, down to the server. What was loaded before stays. */
  cancel(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  /** Gives up every load and lets none of them change the tree any more. */
  forget(): void {
    const controllers = [...this.#running.values()];
    this.#running.clear();
    for (const controller of controllers) controller.abort();
  }

  async #loadSchemas(): Promise<void> {
    await this.#follow<readonly SchemaSummary[]>(
      schemasKey,
      (signal) => this.#api.listSchemas(this.#sourceId, signal),
      (change) =>
        this.#tree.update((tree) => {
          const schemas = change(latestValue(tree.schemas));
          return schemas.status === 'loaded' ? withSchemas(tree, schemas.value) : { ...tree, schemas };
        }),
    );
  }

  async #loadAbsent(schemas: readonly string[]): Promise<void> {
    const tree = this.#tree.read();
    await this.#loadEach(schemas.filter((schema) => relationsIn(tree, schema).status === 'absent'));
  }

  async #loadEach(schemas: readonly string[], isWanted: () => boolean = () => true): Promise<void> {
    const queue = [...schemas];
    const work = async (): Promise<void> => {
      for (let schema = queue.shift(); schema !== undefined && isWanted(); schema = queue.shift()) {
        if (!this.#running.has(schema)) await this.loadRelations(schema);
      }
    };
    await Promise.all(Array.from({ length: searchConcurrency }, work));
  }

  async #follow<Value>(
    key: string,
    request: (signal: AbortSignal) => Promise<Value>,
    settle: (change: (previous: Value | null) => Loadable<Value>) => void,
  ): Promise<void> {
    this.#running.get(key)?.abort();
    const controller = new AbortController();
    this.#running.set(key, controller);
    settle((previous) => ({ status: 'loading', previous }));
    const outcome = await request(controller.signal).then(
      (value) => (): Loadable<Value> => ({ status: 'loaded', value }),
      (error: unknown) => (previous: Value | null) => afterFailure(error, previous),
    );
    if (this.#running.get(key) !== controller) return;
    this.#running.delete(key);
    settle(outcome);
  }
}
