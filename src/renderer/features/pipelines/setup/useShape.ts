import { useEffect, useState } from 'react';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { SourceShape } from '../../../../shared/model/pipelineViews.ts';
import { call } from '../../../lib/api.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { isConnected } from '../../../lib/sessionOf.ts';
import { useLoadable } from '../../../lib/useLoadable.ts';
import { useSourceState } from '../../connections/index.ts';
import { sourceOfForm } from './form/checkForm.ts';
import { withShape } from './form/columnForms.ts';
import { type PipelineForm, sourceKey } from './form/pipelineForm.ts';

/** What the source gives, and reading it. */
export interface ShapeControl {
  /** Null until it was read for the source as it is chosen now. */
  readonly shape: SourceShape | null;
  readonly isReading: boolean;
  readonly error: ErrorDto | null;
  /** Reads it, also the text of a query, which is not read while it is typed. */
  readonly read: () => void;
}

/**
 * Reads what the chosen source gives: a relation at once, a query when it is asked for. The columns of the form follow.
 * @param set takes a form whose columns are those that were read
 */
export function useShape(form: PipelineForm, set: (form: PipelineForm) => void): ShapeControl {
  const key = sourceKey(form);
  // The text of a saved query was read before.
  const [asked, setAsked] = useState(form.shapeOf);
  const isOpen = isConnected(useSourceState(form.sourceId));
  const isWanted = key !== '' && isOpen && (form.sourceType === 'relation' || asked === key);
  const source = sourceOfForm(form);
  const { loadable, reload } = useLoadable(isWanted && source !== null ? key : null, (signal) =>
    source === null
      ? Promise.reject(new Error('Nothing is chosen'))
      : call('pipelines.shape', { source }, { signal }),
  );
  const shape = latestValue(loadable);
  useEffect(() => {
    if (shape === null || loadable.status !== 'loaded') return;
    const isKnown = form.shapeOf === key && JSON.stringify(form.shape) === JSON.stringify(shape.columns);
    if (!isKnown) set(withShape(form, shape.columns, key));
  }, [shape, loadable.status, key, form, set]);
  return {
    shape,
    isReading: loadable.status === 'loading',
    error: loadable.status === 'failed' ? loadable.error : null,
    read() {
      if (asked === key || form.sourceType === 'relation') reload();
      setAsked(key);
    },
  };
}
