import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function schemaHandlers({ manager }: Services): TopicHandlers<'schema'> {
  return {
    'schema.describeRelation': ({ id, relation }, { signal }) =>
      manager.withConnection(id, signal, (connection, describer) =>
        describer.describeRelation(connection, relation, { signal }),
      ),
    'schema.countRows': ({ id, relation }, { signal }) =>
      manager.withConnection(id, signal, (connection, describer) =>
        describer.countRows(connection, relation, { signal }),
      ),
  };
}
