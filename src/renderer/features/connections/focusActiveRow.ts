import { createStore } from 'zustand/vanilla';

/** The data source whose row is to get the focus as soon as the navigator shows it; null when none is waited for. */
export const wantedRow = createStore<{ readonly id: string | null }>(() => ({ id: null }));

/** Puts the focus on the row of a data source, which need not be in the list yet. */
export const focusRow = (id: string): void => wantedRow.setState({ id });

/** Puts the focus into the navigator, which knows the row that it was on. */
function focusActiveRow(): void {
  document.querySelector<HTMLElement>('[data-navigator-tree]')?.focus();
}

/** After a dialog or a notice has gone: goes to the list when what had the focus before is gone too. */
export function rescueFocus(): void {
  // What is inside it goes with the next picture.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusActiveRow();
  });
}
