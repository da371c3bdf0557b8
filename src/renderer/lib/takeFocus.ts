/** Puts the focus where something begins: on the element marked with `data-autofocus`. */
export function focusMarked(room: HTMLElement | null): void {
  room?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
}

/**
 * As the ref of a window's content: its first control has the focus in the very moment in which the window is there.
 * Mantine's focus trap comes a task later, behind any input: on a busy computer the Enter after a shortcut was lost.
 */
export function takeFocus(content: HTMLElement | null): void {
  // Without motion the window comes before Mantine has noted where the focus was and returns to: then it is Mantine's.
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) focusMarked(content);
}
