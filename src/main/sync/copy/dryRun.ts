import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { Pipeline } from '../../../shared/model/pipelines.ts';
import type { DryRun, PlannedColumn } from '../../../shared/model/pipelineViews.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { encodedRows } from '../reading/encodedRows.ts';
import type { SourceOptions } from '../reading/OpenedSource.ts';
import { openSource } from '../reading/openSource.ts';
import { cellTexts } from '../reading/rowCells.ts';
import { createTransformation } from '../transforming/createTransformation.ts';
import { mapColumns } from '../transforming/mapColumns.ts';
import { kindOf } from '../writing/files/TextRows.ts';

const dryRows = 100;

export type DryRunOptions = Pick<SourceOptions, 'connection' | 'connector' | 'language' | 'signal'> & {
  readonly pipeline: Pipeline;
  /** Where it is planned already: the columns of the destination, with its types; else values are canonical. */
  readonly planned: {
    readonly columns: readonly PlannedColumn[];
    readonly types: ColumnTypes | null;
  } | null;
  /** 32 bytes. */
  readonly maskKey: Uint8Array;
  readonly clock: Pick<Clock, 'monotonicMs'>;
};

/**
 * The first rows of the source as they would arrive; rows that filters leave out, or that cannot be made, are not among
 * them. Nothing is written.
 * @throws as `openSource` and `createTransformation`
 */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const { pipeline, connector, planned } = options;
  const { source, filters } = pipeline;
  const opened = await openSource({ ...options, source, filters, reading: { type: 'full' }, mode: 'append' });
  try {
    const columns = planned?.columns ?? canonicalColumns(pipeline, opened.columns);
    const transformation = createTransformation({
      ...{ pipeline, columns: opened.columns, planned: columns, sourceTypes: connector.types },
      destinationTypes: planned?.types ?? null,
      left: { columns: opened.resultColumns, filters: opened.leftFilters },
      ...{ maskKey: options.maskKey, clock: options.clock, signal: options.signal },
    });
    const sample = await opened.sample(dryRows);
    const { rows } = await transformation.apply(encodedRows(sample));
    return {
      columns: columns.map(({ name, type, declared }) => ({ name, type: declared, kind: kindOf(type) })),
      rows: Array.from(rows.starts, (start) => cellTexts(rows.bytes, start, columns.length)),
      readCount: sample.length,
    };
  } finally {
    await opened.close();
  }
}

const canonicalColumns = (pipeline: Pipeline, columns: readonly SourceColumn[]) =>
  mapColumns(pipeline, columns).map(({ name, type, declared }) => ({
    ...{ name, mappedName: name, type, declared: declared ?? type.type },
  }));
