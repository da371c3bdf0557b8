/** Puts the focus into the list of data sources, on its one row that is in the tab order. */
export function focusActiveRow(): void {
  document.querySelector<HTMLElement>('[data-source-id][tabindex="0"]')?.focus();
}
