/** An element that is written by hand and not by React. */
export function newElement(
  tag: 'div' | 'span' | 'button',
  className: string | undefined,
  role?: string,
): HTMLElement {
  const element = document.createElement(tag);
  element.className = className ?? '';
  if (role !== undefined) element.setAttribute('role', role);
  return element;
}
