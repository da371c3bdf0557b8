import { isMac } from '../lib/shortcut.ts';
import classes from './ShortcutHint.module.css';

const macKeys: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃', comma: ',', plus: '+' };
const otherKeys: Record<string, string> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  comma: ',',
  plus: '+',
};

/** A shortcut as this computer's keyboard names it: `Mod+N` is Ctrl+N, or ⌘N on a Mac. */
export function shortcutText(shortcut: string): string {
  const onMac = isMac();
  const names = onMac ? macKeys : otherKeys;
  return shortcut
    .split('+')
    .map((key) => names[key.toLowerCase()] ?? key)
    .join(onMac ? '' : '+');
}

interface ShortcutHintProps {
  readonly label: string;
  readonly shortcut: string;
}

/** The content of a tooltip: what a button does and its shortcut. */
export function ShortcutHint({ label, shortcut }: ShortcutHintProps) {
  return (
    <span className={classes.hint}>
      {label}
      <kbd className={classes.keys}>{shortcutText(shortcut)}</kbd>
    </span>
  );
}
