import type { NameBatch } from '../../../shared/model/schemaTree.ts';
import { afterFailure, latestValue } from '../../lib/loadable.ts';
import { NameCollector } from './NameCollector.ts';
import { type SourceTree, withNames } from './sourceTree.ts';

/** The stream that fills a tree. */
export interface SchemaApi {
  /**
   * Resolves when every name has come, or, with false, when the signal aborts first. Nothing comes after that.
   * @throws ApiError
   */
  readNames(sourceId: string, onBatch: (batch: NameBatch) => void, signal: AbortSignal): Promise<boolean>;
}

/** Where the trees are kept. */
interface TreeHolder {
  read(): SourceTree;
  update(change: (tree: SourceTree) => SourceTree): void;
}

/**
 * Fills the tree of one data source: the first time as the names come, and again in one step, so that nothing moves under
 * the pointer. Of several loads only the last one counts.
 */
export class SchemaLoader {
  readonly #sourceId: string;
  readonly #api: SchemaApi;
  readonly #tree: TreeHolder;
  #running: AbortController | null = null;

  constructor(sourceId: string, api: SchemaApi, tree: TreeHolder) {
    this.#sourceId = sourceId;
    this.#api = api;
    this.#tree = tree;
  }

  /** Loads the names unless they are there or on their way. */
  async open(): Promise<void> {
    const { status } = this.#tree.read().names;
    if (status !== 'loading' && status !== 'loaded') await this.load();
  }

  /** Loads the names, also when they are there. */
  async load(): Promise<void> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    const before = this.#known();
    const change = (next: SourceTree['names']): void => {
      if (this.#running === controller) this.#tree.update((tree) => withNames(tree, next));
    };
    change({ status: 'loading', previous: before });
    const collector = new NameCollector();
    const onBatch = (batch: NameBatch): void => {
      const isWorthShowing = collector.add(batch);
      if (before === null && isWorthShowing) change({ status: 'loading', previous: collector.names(false) });
    };
    try {
      const isWhole = await this.#api.readNames(this.#sourceId, onBatch, controller.signal);
      if (isWhole) change({ status: 'loaded', value: collector.names(true) });
      else change(before === null ? { status: 'absent' } : { status: 'loaded', value: before });
    } catch (error) {
      change(afterFailure(error, before));
    }
    if (this.#running === controller) this.#running = null;
  }

  /** Gives up the load, down to the server. What was loaded before stays. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Gives up the load and lets it not change the tree any more. */
  forget(): void {
    const running = this.#running;
    this.#running = null;
    running?.abort();
  }

  /** The names of the last load that came to its end; a part of them is no value to go back to. */
  #known() {
    const names = latestValue(this.#tree.read().names);
    return names?.isWhole === true ? names : null;
  }
}
