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

/**
 * Tells that somebody uses the page. It hears the input on its way from the system to the page: events that scripts make
 * in the page are not among it.
 */
export function watchInput(contents: InputSource, onInput: () => void): void {
  contents.on('input-event', (_event, { type }) => {
    if (signsOfUse.has(type)) onInput();
  });
}
