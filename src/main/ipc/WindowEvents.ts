import { eventChannelOf } from '../../shared/ipc/channels.ts';
import { type EventName, type EventPayload, events } from '../../shared/ipc/events.ts';
import type { Logger } from '../observability/Logger.ts';

/** The page of the main window; `webContents` fits. */
export interface EventTarget {
  send(channel: string, payload: unknown): void;
}

/** What a locked window still hears: whether it is locked, that all it knew is stale, and the menu. */
const heardWhileLocked: ReadonlySet<EventName> = new Set(['vault.status', 'store.replaced', 'app.command']);

/**
 * Pushes events to the main window. A payload that does not fit its schema never leaves main, and what a lock screen
 * hides does not while the window is locked: it asks again afterwards.
 */
export class WindowEvents {
  readonly #target: () => EventTarget | null;
  readonly #isLocked: () => boolean;
  readonly #logger: Logger;

  /**
   * @param target the page to send to, null while there is none that shows our own document
   * @param isLocked whether the window is locked now
   */
  constructor(target: () => EventTarget | null, isLocked: () => boolean, logger: Logger) {
    this.#target = target;
    this.#isLocked = isLocked;
    this.#logger = logger;
  }

  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const target = this.#target();
    if (target === null || (this.#isLocked() && !heardWhileLocked.has(name))) return;
    const checked = events[name].safeParse(payload);
    if (checked.success) target.send(eventChannelOf(name), checked.data);
    else this.#logger.error('An event does not fit its schema', { channel: name }, checked.error);
  }
}
