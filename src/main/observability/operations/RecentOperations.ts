import {
  type EndedOperation,
  maxOperationCount,
  maxPartCount,
  type OperationFilter,
  type OperationTree,
} from '../../../shared/model/operations.ts';
import type { OperationSubscriber } from './Operations.ts';

/** Operations that go on, of which parts have ended. */
const runningCount = 200;

/** So quick is most of what the store does: it would only fill the picture. */
const glanceMs = 1;

/** A person notices what takes longer. */
const noticeableMs = 100;

interface Tree {
  root: EndedOperation | null;
  readonly parts: EndedOperation[];
  leftOutCount: number;
}

/**
 * The operations that ended last, with their parts (some 10 MB at most): what a person looks at without any collector.
 * What went well at once and without any part, but for a look into the store, is not kept: it would push out everything
 * else.
 */
export class RecentOperations implements OperationSubscriber {
  readonly #trees = new Map<number, Tree>();
  /** Roots that have ended, the newest last. */
  readonly #ended: number[] = [];

  ended(operation: EndedOperation, rootId: number): void {
    if (operation.id === rootId) this.#rootEnded(operation);
    else this.#partEnded(operation, rootId);
  }

  /**
   * Operations with nothing around them, the newest first. Where one itself has none, it has the data source of its
   * parts, and the code of a part that failed.
   */
  list(filter: OperationFilter): EndedOperation[] {
    return this.#ended.toReversed().flatMap((id) => {
      const { root = null, parts = [] } = this.#trees.get(id) ?? {};
      if (root === null || root.durationMs < filter.minDurationMs) return [];
      const code = root.code ?? parts.find((part) => part.code !== null)?.code ?? null;
      const sourceId = root.sourceId ?? parts.find((part) => part.sourceId !== null)?.sourceId ?? null;
      if (filter.failedOnly && code === null) return [];
      return filter.sourceId === null || filter.sourceId === sourceId ? [{ ...root, code, sourceId }] : [];
    });
  }

  /** One of them with its parts. */
  tree(id: number): OperationTree {
    const tree = this.#trees.get(id);
    if (tree === undefined || tree.root === null) return { operations: [], leftOutCount: 0 };
    const operations = [tree.root, ...tree.parts].sort((one, other) => one.id - other.id);
    return { operations, leftOutCount: tree.leftOutCount };
  }

  #rootEnded(root: EndedOperation): void {
    const tree = this.#trees.get(root.id);
    if (tree === undefined && isTrifle(root)) return;
    if (tree === undefined) this.#trees.set(root.id, { root, parts: [], leftOutCount: 0 });
    else tree.root = root;
    this.#ended.push(root.id);
    const oldest = this.#ended.length > maxOperationCount ? this.#ended.shift() : undefined;
    if (oldest !== undefined) this.#trees.delete(oldest);
  }

  #partEnded(part: EndedOperation, rootId: number): void {
    let tree = this.#trees.get(rootId);
    if (isLook(part, tree === undefined ? noticeableMs : glanceMs)) return;
    if (tree === undefined) {
      this.#forgetRunning();
      tree = { root: null, parts: [], leftOutCount: 0 };
      this.#trees.set(rootId, tree);
    }
    if (tree.parts.length < maxPartCount) tree.parts.push(part);
    else tree.leftOutCount += 1;
  }

  /** One that never ends must not keep its parts for ever. */
  #forgetRunning(): void {
    if (this.#trees.size - this.#ended.length < runningCount) return;
    for (const [id, { root }] of this.#trees) {
      if (root !== null) continue;
      this.#trees.delete(id);
      return;
    }
  }
}

/** Something that the store did well, and quickly. */
const isLook = ({ kind, outcome, durationMs }: EndedOperation, underMs: number): boolean =>
  kind === 'store' && outcome === 'ok' && durationMs < underMs;

const isTrifle = ({ outcome, durationMs }: EndedOperation): boolean =>
  outcome === 'cancelled' || (outcome === 'ok' && durationMs < noticeableMs);
