import type { PipelineSource } from '../../../shared/model/pipelines.ts';
import type { SourceShape } from '../../../shared/model/pipelineViews.ts';
import type { Row } from '../../connectors/RowStream.ts';
import type { OpenedSource, SourceOptions } from './OpenedSource.ts';
import { openSource } from './openSource.ts';
import { isGrowing } from './sourceColumns.ts';

const sampleRows = 20;
/** Longest value in a sample, in characters. */
const sampleCellLength = 512;
const maxColumns = 2_000;

export type ShapeOptions = Pick<SourceOptions, 'connection' | 'connector' | 'language' | 'signal'> & {
  readonly source: PipelineSource;
};

/** What a source gives, with its first rows. @throws as `openSource` */
export async function shapeOf(options: ShapeOptions): Promise<SourceShape> {
  const opened = await openSource({ ...options, reading: { type: 'full' }, filters: [], mode: 'append' });
  try {
    const count = await opened.countRows();
    const { columns } = opened;
    return {
      columns: columns.slice(0, maxColumns),
      key: [...(await keyOf(opened, options))],
      cursors: columns.filter(isGrowing).map(({ name }) => name),
      rowCount: count === null ? null : { value: count, accuracy: 'exact' },
      sample: (await opened.sample(sampleRows)).map(shortened),
    };
  } finally {
    await opened.close();
  }
}

/** An API's resource may name its key, although its rows come in no order. */
async function keyOf({ key }: OpenedSource, options: ShapeOptions): Promise<readonly string[]> {
  const { connector, connection, source, signal } = options;
  const [kind] = connector.catalogue.kinds;
  if (key.length > 0 || source.type === 'query' || connector.dialect !== null || kind === undefined)
    return key;
  const node = { ...source.relation, kind: kind.kind };
  const { columns } = await connector.catalogue.describe(connection, node, { signal });
  return columns.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ name }) => name);
}

const shortened = (row: Row): (string | null)[] =>
  row.map((cell) =>
    cell === null || cell.length <= sampleCellLength ? cell : `${cell.slice(0, sampleCellLength - 1)}…`,
  );
