import type { CallHandlers } from '../handlerTypes.ts';
import { appHandlers } from './appHandlers.ts';
import { dataSourceHandlers } from './dataSourceHandlers.ts';
import { demoHandlers } from './demoHandlers.ts';
import { schemaHandlers } from './schemaHandlers.ts';
import type { HandlerServices } from './services.ts';

/** The answer to every call of the contract. */
export function createCallHandlers(services: HandlerServices): CallHandlers {
  return {
    ...appHandlers(services),
    ...dataSourceHandlers(services),
    ...schemaHandlers(services),
    ...demoHandlers(services),
    'metrics.history': ({ id }) => services.metrics.history(id),
  };
}
