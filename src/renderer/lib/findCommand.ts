import { useEffect, useEffectEvent } from 'react';

/** The filters on the screen, the one that came last at the end: it belongs to what is in front. */
const targets: (() => HTMLInputElement | null)[] = [];

/** For as long as the caller is mounted and in front, “Find” goes to this field. */
export function useFindTarget(field: () => HTMLInputElement | null, isActive = true): void {
  const current = useEffectEvent(field);
  useEffect(() => {
    if (!isActive) return;
    const target = () => current();
    targets.push(target);
    return () => void targets.splice(targets.indexOf(target), 1);
  }, [isActive]);
}

/**
 * Puts the focus into the filter of what is in front, with its text selected. Asked for again from there, it goes one
 * further back, and from the last to the first again.
 */
export function focusFind(): void {
  const fields = targets.map((target) => target()).filter((field) => field !== null);
  const at = fields.findIndex((field) => field.matches(':focus'));
  fields.at(at < 0 ? -1 : at - 1)?.select();
}
