import classes from './Keys.module.css';
import { shortcutText } from './ShortcutHint.tsx';

/** A shortcut as keys, for lists of what can be done. */
export function Keys({ shortcut }: { shortcut: string }) {
  return <kbd className={classes.keys}>{shortcutText(shortcut)}</kbd>;
}
