/** Puts the focus into the list of data sources, on its one row that is in the tab order. */
export function focusActiveRow(): void {
  document.querySelector<HTMLElement>('[data-source-id][tabindex="0"]')?.focus();
}

/** After a dialog has closed: goes to the list when what had the focus before the dialog is gone. */
export function rescueFocus(): void {
  // What is inside the dialog goes with the next picture.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusActiveRow();
  });
}
