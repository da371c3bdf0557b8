import { cellOf, type RowBatch } from '../../../shared/model/rowBatch.ts';
import type { NameBatch } from '../../../shared/model/schemaTree.ts';
import type { Services } from '../../app/services.ts';
import type { NameReader, RowReader } from '../../connectors/Connector.ts';
import type { StreamEnd, StreamHandlers } from '../handlerTypes.ts';

const rowsPerBatch = 200;

/** Sends batches until the relation or the limit ends; `complete` when the relation did. */
async function* batches(
  reader: RowReader,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<RowBatch, StreamEnd, void> {
  let fields: RowBatch['fields'] = [...reader.fields];
  for (let sentCount = 0; sentCount < limit; ) {
    const rows = await reader.next(Math.min(rowsPerBatch, limit - sentCount), { signal });
    if (rows.length > 0 || fields !== null) yield { fields, rows: rows.map((row) => row.map(cellOf)) };
    fields = null;
    sentCount += rows.length;
    if (rows.length === 0) return { complete: true };
  }
  const isMore = (await reader.next(1, { signal })).length > 0;
  return { complete: !isMore };
}

/** Sends the schemas, then the relations in them. */
async function* nameBatches(
  reader: NameReader,
  signal: AbortSignal,
): AsyncGenerator<NameBatch, StreamEnd, void> {
  yield { schemas: [...reader.schemas], relations: [] };
  for (;;) {
    const relations = await reader.next({ signal });
    if (relations.length === 0) return { complete: true };
    yield { schemas: null, relations: [...relations] };
  }
}

/** The answer to every stream of the contract. */
export function createStreamHandlers({ manager }: Services): StreamHandlers {
  return {
    'schema.names': async function* schemaNames({ id }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        const reader = await manager.describerFor(id).readNames(lease.connection, { signal });
        try {
          return yield* nameBatches(reader, signal);
        } finally {
          await reader.close();
        }
      } finally {
        lease.release();
      }
    },
    'rows.preview': async function* rowsPreview({ id, limit, relation }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        // One more than asked for tells whether there are more.
        const rows = { relation, limit: limit + 1 };
        const reader = await manager.readRows(id, lease.connection, rows, { signal });
        try {
          return yield* batches(reader, limit, signal);
        } finally {
          await reader.close();
        }
      } finally {
        lease.release();
      }
    },
  };
}
