/** Puts the focus into the list of data sources, on its one row that is in the tab order. */
export function focusActiveRow(): void {
  document.querySelector<HTMLElement>('[data-source-id][tabindex="0"]')?.focus();
}

/** After a dialog or a notice has gone: goes to the list when what had the focus before is gone too. */
export function rescueFocus(): void {
  // What is inside it goes with the next picture.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusActiveRow();
  });
}
