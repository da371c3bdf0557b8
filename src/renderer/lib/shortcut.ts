export const isMac = (): boolean => navigator.userAgent.includes('Macintosh');

/** What of a key press a shortcut looks at. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
>;

/** Keys that stand under their own name in a shortcut and under another one in an event. */
const namedKeys: Record<string, string> = { comma: ',', plus: '+', space: ' ', esc: 'escape' };

/** A key whose character depends on Shift or the layout is recognised by where it is. */
function isKey({ key, code }: KeyPress, wanted: string): boolean {
  if (key.toLowerCase() === wanted) return true;
  return code === `Key${wanted.toUpperCase()}` || code === `Digit${wanted}`;
}

/** Whether a key press is a shortcut written as `mod+shift+T`; `mod` is Ctrl, or Cmd on a Mac. */
export function matchesShortcut(press: KeyPress, shortcut: string, onMac = isMac()): boolean {
  if (press.isComposing) return false;
  const parts = shortcut.toLowerCase().split('+');
  const last = parts.at(-1) ?? '';
  const wanted = namedKeys[last] ?? last;
  const has = (part: string): boolean => parts.includes(part);
  const wantsCtrl = has('ctrl') || (has('mod') && !onMac);
  const wantsMeta = has('meta') || (has('mod') && onMac);
  // A sign such as `?` needs Shift on some keyboards and none on others.
  const isSign = wanted.length === 1 && !/[\p{L}\p{N}]/u.test(wanted);
  const modifiersFit =
    press.ctrlKey === wantsCtrl &&
    press.metaKey === wantsMeta &&
    press.altKey === has('alt') &&
    (press.shiftKey === has('shift') || (isSign && !has('mod') && press.key === wanted));
  return modifiersFit && isKey(press, wanted);
}

/** Whether a shortcut may be run while text is being typed: one that would type nothing. */
export function worksWhileTyping(shortcut: string): boolean {
  return /^(mod|ctrl|meta|alt)\+|(^|\+)(f\d{1,2}|esc|escape)$/i.test(shortcut);
}
