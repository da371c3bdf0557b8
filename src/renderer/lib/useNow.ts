import { useEffect, useState } from 'react';
import { isTyping } from './typing.ts';

/** A clock that ticks faster does so only this often while somebody types: a tick takes a frame from the next key. */
const whileTypingMs = 1_000;

/** The time (epoch milliseconds), drawn again every so often while that is wanted. */
export function useNow(isTicking: boolean, everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    const tick = (last: number): number => {
      const next = Date.now();
      return isTyping() && next - last < whileTypingMs ? last : next;
    };
    setNow(Date.now());
    const timer = setInterval(() => setNow(tick), everyMs);
    return () => clearInterval(timer);
  }, [isTicking, everyMs]);
  return now;
}
