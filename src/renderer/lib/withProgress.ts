import type { DataSourceId } from '../../shared/model/ids.ts';
import type { ResultProgress } from '../../shared/model/results.ts';
import { gridText } from '../text/grid.ts';
import { type CallOptions, onEvent } from './api.ts';
import { endWork, showWork } from './statusBar.ts';

interface ProgressOptions {
  /** Cancels it as well. */
  readonly outer?: AbortSignal;
  /** What is done by then is not shown at all; 300 by default. */
  readonly shownAfterMs?: number;
  /** The data source whose connection it needs; absent when it needs none. */
  readonly sourceId?: DataSourceId;
}

/**
 * Runs a call on rows, and shows it in the status bar once it takes a while: how far it is, and a way to cancel it.
 * @param run the call, with the id and the signal it must be given
 */
export async function withProgress<Value>(
  label: string,
  run: (options: CallOptions) => Promise<Value>,
  { outer, shownAfterMs = 300, sourceId }: ProgressOptions = {},
): Promise<Value> {
  const callId = crypto.randomUUID();
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  outer?.addEventListener('abort', cancel, { once: true });
  if (outer?.aborted === true) cancel();
  let progress: ResultProgress | null = null;
  let isShown = false;
  const show = (): void => {
    isShown = true;
    showWork({
      id: callId,
      label,
      share: shareOf(progress),
      detail: progress === null ? '' : gridText.progress(progress.rowsDone, progress.bytesDone),
      cancel,
      ...(sourceId !== undefined && { sourceId }),
    });
  };
  const timer = setTimeout(show, shownAfterMs);
  const stop = onEvent('results.progress', (event) => {
    if (event.callId !== callId) return;
    progress = event.progress;
    if (isShown) show();
  });
  try {
    return await run({ callId, signal: controller.signal });
  } finally {
    clearTimeout(timer);
    stop();
    outer?.removeEventListener('abort', cancel);
    endWork(callId);
  }
}

function shareOf(progress: ResultProgress | null): number | null {
  if (progress === null || progress.rowsTotal === null || progress.rowsTotal === 0) return null;
  return Math.min(1, progress.rowsDone / progress.rowsTotal);
}
