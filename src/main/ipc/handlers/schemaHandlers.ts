import type { Services } from '../../app/services.ts';
import { AppError } from '../../base/AppError.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function schemaHandlers({ manager, diagramFiles }: Services): TopicHandlers<'schema'> {
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
    'schema.diagram': ({ id, scope }, { signal }) =>
      manager.withConnection(id, signal, (connection, { catalogue }) => {
        if (catalogue.readDiagram === undefined) {
          throw new AppError('INVALID_INPUT', { title: 'This data source has no tables with foreign keys' });
        }
        return catalogue.readDiagram(connection, scope, { signal });
      }),
    'schema.saveDiagram': async ({ name, svg }, { signal }) => {
      const fileName = await diagramFiles.save(name, svg, signal);
      return fileName === null ? null : { fileName };
    },
  };
}
