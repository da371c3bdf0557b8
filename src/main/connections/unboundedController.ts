import { setMaxListeners } from 'node:events';

/** A controller whose signal all connects of a pool may listen to at once: more than ten are no leak. */
export function unboundedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
