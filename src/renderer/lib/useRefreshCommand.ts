import { useEffect, useEffectEvent } from 'react';

/** What is in front and can be refreshed. */
const targets = new Set<() => void>();

/** Refreshes everything in front. */
export function refreshShown(): void {
  for (const refresh of targets) refresh();
}

/** Runs on F5 and on the menu's Refresh for as long as the caller is mounted and in front. */
export function useRefreshCommand(refresh: () => void, isActive = true): void {
  const current = useEffectEvent(refresh);
  useEffect(() => {
    if (!isActive) return;
    const target = () => current();
    targets.add(target);
    return () => void targets.delete(target);
  }, [isActive]);
}
