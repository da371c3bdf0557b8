import { type EventName, type EventPayload, eventChannelOf, events } from '../../shared/ipc/events.ts';
import type { Logger } from '../observability/Logger.ts';

/** The page of the main window; `webContents` fits. */
export interface EventTarget {
  send(channel: string, payload: unknown): void;
}

/** Pushes events to the main window. A payload that does not fit its schema never leaves main. */
export class WindowEvents {
  readonly #target: () => EventTarget | null;
  readonly #logger: Logger;

  /** @param target the page to send to, null while there is none that shows our own document */
  constructor(target: () => EventTarget | null, logger: Logger) {
    this.#target = target;
    this.#logger = logger;
  }

  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const target = this.#target();
    if (target === null) return;
    const checked = events[name].safeParse(payload);
    if (checked.success) target.send(eventChannelOf(name), checked.data);
    else this.#logger.error('An event does not fit its schema', { channel: name }, checked.error);
  }
}
