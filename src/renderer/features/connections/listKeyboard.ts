/**
 * Where a key moves the focus in a list of rows; null when the key is not for moving or there are no rows.
 * @param pageCount rows that Page Up and Page Down jump over
 */
export function nextIndex(key: string, index: number, count: number, pageCount: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + pageCount);
    case 'PageUp':
      return Math.max(0, index - pageCount);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
