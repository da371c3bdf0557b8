import { cellOf, type RowBatch } from '../../../shared/model/rowBatch.ts';
import type { NameBatch, NodeTraits } from '../../../shared/model/schemaTree.ts';
import type { Services } from '../../app/services.ts';
import type { NameReader } from '../../connectors/Catalogue.ts';
import type { RowStream } from '../../connectors/RowStream.ts';
import type { StreamEnd, StreamHandlers } from '../handlerTypes.ts';

const rowsPerBatch = 200;

/** Sends batches until the relation or the limit ends; `complete` when the relation did. */
async function* rowBatches(rows: RowStream, limit: number): AsyncGenerator<RowBatch, StreamEnd, void> {
  let fields: RowBatch['fields'] = [...rows.columns];
  for (let sentCount = 0; sentCount < limit; ) {
    const batch = await rows.next(Math.min(rowsPerBatch, limit - sentCount));
    if (batch.length > 0 || fields !== null) yield { fields, rows: batch.map((row) => row.map(cellOf)) };
    fields = null;
    sentCount += batch.length;
    if (batch.length === 0) return { complete: true };
  }
  const isMore = (await rows.next(1)).length > 0;
  return { complete: !isMore };
}

/** Sends the schemas and what can be in them, then the nodes. */
async function* nameBatches(
  kinds: readonly NodeTraits[],
  reader: NameReader,
  signal: AbortSignal,
): AsyncGenerator<NameBatch, StreamEnd, void> {
  yield { begin: { schemas: [...reader.schemas], kinds: [...kinds] }, nodes: [] };
  for (;;) {
    const nodes = await reader.next({ signal });
    if (nodes.length === 0) return { complete: true };
    yield { begin: null, nodes: [...nodes] };
  }
}

/** The answer to every stream of the contract. */
export function createStreamHandlers({ manager, query }: Services): StreamHandlers {
  return {
    'schema.names': async function* schemaNames({ id }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        const { catalogue } = manager.connectorFor(id);
        const reader = await catalogue.readNames(lease.connection, { signal });
        try {
          return yield* nameBatches(catalogue.kinds, reader, signal);
        } finally {
          await reader.close();
        }
      } finally {
        lease.release();
      }
    },
    'query.run': async function* queryRun(input, { signal }) {
      yield* query.run(input, signal);
      return { complete: true };
    },
    'rows.preview': async function* rowsPreview({ id, limit, relation }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        // One more than asked for tells whether there are more.
        const wanted = { relation, limit: limit + 1 };
        const rows = await manager.readRows(id, lease.connection, wanted, { signal });
        try {
          return yield* rowBatches(rows, limit);
        } finally {
          await rows.close();
        }
      } finally {
        lease.release();
      }
    },
  };
}
