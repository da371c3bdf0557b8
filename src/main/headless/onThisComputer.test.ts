import { describe, expect, it } from 'vitest';
import { someBundle } from '../../../tests/support/someBundle.ts';
import { onThisComputer } from './onThisComputer.ts';

const bundle = someBundle();
const { sourceId } = bundle.pipeline.source;
const table = { type: 'table', sourceId, table: { schema: 'public', name: 'visits' } } as const;
const intoTable = { ...bundle.pipeline, destination: { ...table, mode: 'append' as const, key: [] } };

describe('A bundle on the computer of a worker', () => {
  it('has the folder of this computer in place of those that it came with', () => {
    const here = onThisComputer({ ...bundle, rejectsFolder: '/home/ann/rejects' }, '/srv/files');
    expect(here.rejectsFolder).toBe('/srv/files');
    expect(here.pipeline.destination).toMatchObject({ folder: '/srv/files', name: 'visits' });
    expect(JSON.stringify(here)).not.toMatch(/somewhere|ann\/rejects/);
  });

  it('is not executed where no files are written, when it is to write one', () => {
    const refusal = expect.objectContaining({ code: 'FILE_FAILED', retryable: false });
    expect(() => onThisComputer(bundle, null)).toThrow(refusal);
    const rejecting = { ...bundle, pipeline: { ...intoTable, maxRejectedRows: 1 } };
    expect(() => onThisComputer(rejecting, null)).toThrow(refusal);
  });

  it('stays as it is where no files are written, when it writes to a table alone', () => {
    const plain = { ...bundle, pipeline: intoTable };
    expect(onThisComputer(plain, null)).toEqual(plain);
  });
});
