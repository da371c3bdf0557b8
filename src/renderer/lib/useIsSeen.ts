import { useDocumentVisibility } from '@mantine/hooks';
import { type RefObject, useEffect, useState } from 'react';

/** Whether somebody can see an element: it is drawn, as that of a tab behind another one is not, and the window shown. */
export function useIsSeen(ref: RefObject<HTMLElement | null>): boolean {
  const [isDrawn, setIsDrawn] = useState(false);
  const isShown = useDocumentVisibility() === 'visible';
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => setIsDrawn(entry?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isDrawn && isShown;
}
