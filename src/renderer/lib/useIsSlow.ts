import { useEffect, useState } from 'react';

/** Work that takes longer than this gets a Cancel button; shorter work should not make one flash. */
const slowAfterMs = 1_000;

/** Whether something has been going on for more than a second. */
export function useIsSlow(isRunning: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [isRunning]);
  return isRunning && isSlow;
}
