import type { NameBatch, NodeTraits } from '../../../shared/model/schemaTree.ts';
import type { Services } from '../../app/services.ts';
import type { NameReader } from '../../connectors/Catalogue.ts';
import type { StreamEnd, StreamHandlers } from '../handlerTypes.ts';

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
export function createStreamHandlers({ activity, log, manager, query }: Services): StreamHandlers {
  return {
    'schema.names': async function* schemaNames({ id }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        const { catalogue } = manager.connectorFor(id);
        const reader = await catalogue.readNames(lease.connection, { signal });
        try {
          const kinds = catalogue.kindsOf?.(lease.connection) ?? catalogue.kinds;
          return yield* nameBatches(kinds, reader, signal);
        } finally {
          await reader.close();
        }
      } finally {
        lease.release();
      }
    },
    'schema.search': async function* schemaSearch({ id, query: searched }, { signal }) {
      const lease = await manager.acquire(id, signal);
      try {
        yield* manager.connectorFor(id).search.search(lease.connection, searched, { signal });
        return { complete: true };
      } finally {
        lease.release();
      }
    },
    'activity.watch': async function* activityWatch({ id }, { signal }) {
      yield* activity.watch(id, signal);
      return { complete: true };
    },
    'log.tail': async function* logTail({ filter, limit }, { signal }) {
      yield* log.tail(filter, limit, signal);
      return { complete: true };
    },
    'query.run': async function* queryRun(input, { signal }) {
      yield* query.run(input, signal);
      return { complete: true };
    },
  };
}
