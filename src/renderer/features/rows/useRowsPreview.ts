import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { openStream } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { emptyPreview, type PreviewState, withBatch, withEnd, withFailure } from './previewState.ts';

/** Enough to see what a relation holds; more belongs into a query. */
const previewRowLimit = 1_000;

interface PreviewOptions {
  /** Reads again when it grows. */
  readonly revision: number;
  /** Called when reading ended well. */
  readonly onRead: (count: number, isAll: boolean) => void;
}

interface PreviewControl {
  readonly preview: PreviewState;
  readonly reload: () => void;
  readonly cancel: () => void;
}

/** Streams the first rows of a relation for as long as they are shown. Leaving cancels down to the server. */
export function useRowsPreview(
  sourceId: DataSourceId,
  { schema, name }: RelationRef,
  options: PreviewOptions,
): PreviewControl {
  const [preview, setPreview] = useState(emptyPreview);
  const [reloadCount, setReloadCount] = useState(0);
  const stopRef = useRef<(() => void) | null>(null);
  const turn = options.revision + reloadCount;
  const noteRead = useEffectEvent(options.onRead);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is the order to read again
  useEffect(() => {
    let isCurrent = true;
    const change = (next: (state: PreviewState) => PreviewState): void => {
      if (isCurrent) setPreview(next);
    };
    setPreview(emptyPreview);
    let rowCount = 0;
    const close = openStream(
      'rows.preview',
      { id: sourceId, relation: { schema, name }, limit: previewRowLimit },
      {
        onBatch: (batch) => {
          rowCount += batch.rows.length;
          change((state) => withBatch(state, batch));
        },
        onEnd: (isAll) => {
          change((state) => withEnd(state, isAll));
          if (isCurrent) noteRead(rowCount, isAll);
        },
        onError: (error) => change((state) => withFailure(state, errorDtoOf(error))),
      },
    );
    stopRef.current = () => {
      change((state) => ({ ...state, progress: { status: 'cancelled' } }));
      isCurrent = false;
      close();
    };
    return () => {
      isCurrent = false;
      close();
    };
  }, [sourceId, schema, name, turn]);

  const reload = useCallback(() => setReloadCount((count) => count + 1), []);
  const cancel = useCallback(() => stopRef.current?.(), []);
  return { preview, reload, cancel };
}
