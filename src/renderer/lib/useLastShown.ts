import { useState } from 'react';

interface LastShown<Value> {
  /** What is asked now; after that, what was asked last. Null once it was forgotten. */
  readonly shown: Value | null;
  /** To be called when the window has faded away. */
  readonly forget: () => void;
}

/**
 * What a dialog shows: a window fades away for a moment after its question is settled, and still says what it said.
 * @param asked null or undefined while nothing is asked
 */
export function useLastShown<Value>(asked: Value | null | undefined): LastShown<Value> {
  const [last, setLast] = useState<Value | null>(asked ?? null);
  if (asked !== null && asked !== undefined && asked !== last) setLast(asked);
  return { shown: asked ?? last, forget: () => setLast(null) };
}
