import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function schemaHandlers({ manager }: Services): TopicHandlers<'schema'> {
  return {
    'schema.describe': ({ id, node }, { signal }) =>
      manager.withConnection(id, signal, (connection, { catalogue }) =>
        catalogue.describe(connection, node, { signal }),
      ),
    'schema.dependencies': ({ id, node }, { signal }) =>
      manager.withConnection(id, signal, (connection, { catalogue }) =>
        catalogue.dependencies(connection, node, { signal }),
      ),
    'schema.countRows': ({ id, relation }, { signal }) =>
      manager.withConnection(id, signal, (connection, { catalogue }) =>
        catalogue.countRows(connection, relation, { signal }),
      ),
  };
}
