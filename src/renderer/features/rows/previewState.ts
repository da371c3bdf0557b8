import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { RowBatch } from '../../../shared/model/rowBatch.ts';

export type Field = NonNullable<RowBatch['fields']>[number];
/** The server's own text of each cell, whole or shortened; null is SQL NULL. */
export type Row = RowBatch['rows'][number];

/** Rows as they arrive. What has come stays visible whatever happens then. */
export interface PreviewState {
  readonly progress:
    | { readonly status: 'loading' }
    /** `isAll` is false when the limit cut the result short. */
    | { readonly status: 'ended'; readonly isAll: boolean }
    | { readonly status: 'cancelled' }
    | { readonly status: 'failed'; readonly error: ErrorDto };
  readonly fields: readonly Field[] | null;
  readonly rows: readonly Row[];
}

export const emptyPreview: PreviewState = { progress: { status: 'loading' }, fields: null, rows: [] };

export function withBatch(state: PreviewState, batch: RowBatch): PreviewState {
  return { ...state, fields: state.fields ?? batch.fields, rows: [...state.rows, ...batch.rows] };
}

export const withEnd = (state: PreviewState, isAll: boolean): PreviewState => ({
  ...state,
  progress: { status: 'ended', isAll },
});

/** A stream that ends because somebody cancelled it has not failed. */
export function withFailure(state: PreviewState, error: ErrorDto): PreviewState {
  return {
    ...state,
    progress: error.code === 'CANCELLED' ? { status: 'cancelled' } : { status: 'failed', error },
  };
}
