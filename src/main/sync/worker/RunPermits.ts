import type { Disposable } from '../../base/Emitter.ts';
import { connectionCountOf } from '../pipelineParts.ts';
import type { BundledSource, RunBundle } from '../queue/runBundle.ts';

export interface PermitOptions {
  readonly signal: AbortSignal;
  /** Called when it has to wait. */
  readonly onWait: () => void;
}

/** Keeps runs within the connections that each data source may have. */
export interface RunPermits {
  /**
   * Takes permits for so many connections together, until the result is disposed of.
   * @throws the signal's reason when it aborts before, PIPELINE_INVALID
   */
  take(source: BundledSource, count: number, options: PermitOptions): Promise<Disposable>;
}

export interface PermitsRequest {
  readonly bundle: Pick<RunBundle, 'sources' | 'pipeline'>;
  readonly signal: AbortSignal;
  readonly onWait: (source: BundledSource) => void;
}

/**
 * Takes permits for all connections of a run, one to its source and one to its destination, until the result is disposed of.
 * @throws what taking a permit throws
 */
export async function takePermits(
  permits: RunPermits,
  { bundle: { pipeline, sources }, signal, onWait }: PermitsRequest,
): Promise<Disposable> {
  // Always in the same order, so that no two runs wait for each other.
  const inOrder = [...sources].sort((one, other) => (one.id < other.id ? -1 : 1));
  const held: Disposable[] = [];
  const dispose = (): void => {
    for (const permit of held) permit.dispose();
  };
  try {
    for (const source of inOrder) {
      const count = connectionCountOf(pipeline, source.id);
      held.push(await permits.take(source, count, { signal, onWait: () => onWait(source) }));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { dispose };
}
