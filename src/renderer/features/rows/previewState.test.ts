import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { emptyPreview, withBatch, withEnd, withFailure } from './previewState.ts';

const fields = [{ name: 'id', type: 'integer' }];
describe('previewState', () => {
  it('puts batches together and keeps the fields of the first one', () => {
    const state = withBatch(withBatch(emptyPreview, { fields, rows: [['1']] }), {
      fields: null,
      rows: [['2'], [null]],
    });
    expect(state).toMatchObject({ fields, rows: [['1'], ['2'], [null]], progress: { status: 'loading' } });
    expect(withEnd(state, false).progress).toEqual({ status: 'ended', isAll: false });
  });

  it('keeps the rows that came before a failure', () => {
    const state = withBatch(emptyPreview, { fields, rows: [['1']] });
    expect(withFailure(state, someErrorDto('CONNECTION_LOST'))).toMatchObject({
      rows: [['1']],
      progress: { status: 'failed' },
    });
  });

  it('does not call it a failure when somebody cancelled', () => {
    expect(withFailure(emptyPreview, someErrorDto('CANCELLED')).progress).toEqual({ status: 'cancelled' });
  });
});
