import type { Clock } from '../base/Clock.ts';

/** The contents of a window; `webContents` fits. */
export interface InputSource {
  on(event: 'input-event', listener: (event: unknown, input: { readonly type: string }) => void): unknown;
}

/** What a hand on keyboard, mouse or screen makes. A mouse that is only moved is none: a table that shakes moves it. */
const signsOfUse: ReadonlySet<string> = new Set([
  'rawKeyDown',
  'keyDown',
  'mouseDown',
  'mouseWheel',
  'touchStart',
]);

const throttleMs = 1_000;

/**
 * Tells that somebody uses the page, at most once a second. It hears the input on its way from the system to the page:
 * events that scripts make in the page are not among it.
 */
export function watchActivity(contents: InputSource, clock: Clock, onActivity: () => void): void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  contents.on('input-event', (_event, { type }) => {
    const nowMs = clock.monotonicMs();
    if (!signsOfUse.has(type) || nowMs - toldAtMs < throttleMs) return;
    toldAtMs = nowMs;
    onActivity();
  });
}
