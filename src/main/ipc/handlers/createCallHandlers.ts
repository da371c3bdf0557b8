import type { Services } from '../../app/services.ts';
import type { CallHandlers } from '../handlerTypes.ts';
import { appHandlers } from './appHandlers.ts';
import { dataSourceHandlers } from './dataSourceHandlers.ts';
import { demoHandlers } from './demoHandlers.ts';
import { schemaHandlers } from './schemaHandlers.ts';

/** The answer to every call of the contract. */
export function createCallHandlers(services: Services): CallHandlers {
  return {
    ...appHandlers(services),
    ...dataSourceHandlers(services),
    ...schemaHandlers(services),
    ...demoHandlers(services),
    'metrics.history': ({ id }) => services.metrics.history(id),
  };
}
