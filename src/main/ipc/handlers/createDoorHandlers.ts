import { callNames } from '../../../shared/ipc/contract.ts';
import { streamNames } from '../../../shared/ipc/streams.ts';
import type { AppLife } from '../../app/AppLife.ts';
import type { CallHandlers, DoorHandlers, StreamHandlers } from '../handlerTypes.ts';
import { createCallHandlers } from './createCallHandlers.ts';
import { createStreamHandlers } from './createStreamHandlers.ts';
import { recoveryHandlers } from './recoveryHandlers.ts';

/**
 * What the door calls, as it is when a request comes: the handlers of the services that run, or, when they could not be
 * built, recovery alone, while everything else fails with the reason.
 */
export function createDoorHandlers(life: AppLife): () => Promise<DoorHandlers> {
  const known = new WeakMap<object, DoorHandlers>();
  return async () => {
    try {
      const services = await life.services;
      const handlers = known.get(services) ?? {
        callHandlers: createCallHandlers(services, life),
        streamHandlers: createStreamHandlers(services),
      };
      known.set(services, handlers);
      return handlers;
    } catch (error) {
      return withoutServices(error, life);
    }
  };
}

function withoutServices(reason: unknown, life: AppLife): DoorHandlers {
  const fail = () => {
    throw reason;
  };
  // Built from the names of the contract, which TypeScript cannot follow.
  const failing = Object.fromEntries(callNames.map((name) => [name, fail])) as unknown as CallHandlers;
  const streamHandlers = Object.fromEntries(
    streamNames.map((name) => [name, fail]),
  ) as unknown as StreamHandlers;
  return { callHandlers: { ...failing, ...recoveryHandlers(life) }, streamHandlers };
}
