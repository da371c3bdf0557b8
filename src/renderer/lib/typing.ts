/** Keys come at least this often while somebody types. */
const restMs = 400;
let lastKeyMs = Number.NEGATIVE_INFINITY;

const textFields = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [role="textbox"]';

/** Whether keys write text there. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(textFields));

/** Notes from now on when somebody types. */
export function followTyping(): void {
  window.addEventListener(
    'keydown',
    ({ target, timeStamp }) => {
      if (takesText(target)) lastKeyMs = timeStamp;
    },
    { capture: true, passive: true },
  );
}

/** Whether somebody types right now: what can wait then does not take a frame from the next key. */
export const isTyping = (): boolean => performance.now() - lastKeyMs < restMs;
